//! The three checksums of S3 that are CRCs, behind the interface of `crc-fast` that `aws-smithy-checksums` uses.
//!
//! What S3 is asked for by default, CRC-32, comes from `crc32fast`. The other two are used only if somebody asks for them;
//! they go through a table, a byte at a time. Parameters: the catalogue of parametrised CRC algorithms
//! (<https://reveng.sourceforge.io/crc-catalogue/all.htm>), all three reflected, of all ones before and inverted behind.

/// Which CRC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CrcAlgorithm {
    /// CRC-32/ISO-HDLC, as in gzip: `x-amz-checksum-crc32`.
    Crc32IsoHdlc,
    /// CRC-32/ISCSI: `x-amz-checksum-crc32c`.
    Crc32Iscsi,
    /// CRC-64/NVME: `x-amz-checksum-crc64nvme`.
    Crc64Nvme,
}

/// What a byte makes of a checksum whose lowest byte it meets, for a polynomial of 64 bits or of 32 in the upper half.
const fn table(polynomial: u64) -> [u64; 256] {
    let reflected = polynomial.reverse_bits();
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let (mut sum, mut bit) = (byte as u64, 0);
        while bit < 8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ reflected } else { sum >> 1 };
            bit += 1;
        }
        table[byte] = sum;
        byte += 1;
    }
    table
}

static ISCSI: [u64; 256] = table(0x1edc_6f41 << 32);
static NVME: [u64; 256] = table(0xad93_d235_94c9_3659);

fn through(table: &[u64; 256], sum: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(sum, |sum, byte| table[usize::from(sum as u8 ^ byte)] ^ (sum >> 8))
}

#[derive(Debug, Clone)]
enum State {
    Hdlc(crc32fast::Hasher),
    Iscsi(u64),
    Nvme(u64),
}

/// A checksum of bytes that come in pieces.
#[derive(Debug, Clone)]
pub struct Digest(State);

impl Digest {
    /// Of no bytes yet.
    #[must_use]
    pub fn new(algorithm: CrcAlgorithm) -> Self {
        Self(match algorithm {
            CrcAlgorithm::Crc32IsoHdlc => State::Hdlc(crc32fast::Hasher::new()),
            CrcAlgorithm::Crc32Iscsi => State::Iscsi(u64::from(u32::MAX)),
            CrcAlgorithm::Crc64Nvme => State::Nvme(u64::MAX),
        })
    }

    /// Of these bytes as well.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.0 {
            State::Hdlc(hasher) => hasher.update(bytes),
            State::Iscsi(sum) => *sum = through(&ISCSI, *sum, bytes),
            State::Nvme(sum) => *sum = through(&NVME, *sum, bytes),
        }
    }

    /// The checksum; those of 32 bits in the lower half.
    #[must_use]
    pub fn finalize(self) -> u64 {
        match self.0 {
            State::Hdlc(hasher) => u64::from(hasher.finalize()),
            State::Iscsi(sum) => sum ^ u64::from(u32::MAX),
            State::Nvme(sum) => !sum,
        }
    }
}

/// The checksum of `bytes`.
#[must_use]
pub fn checksum(algorithm: CrcAlgorithm, bytes: &[u8]) -> u64 {
    let mut digest = Digest::new(algorithm);
    digest.update(bytes);
    digest.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [CrcAlgorithm; 3] = [CrcAlgorithm::Crc32IsoHdlc, CrcAlgorithm::Crc32Iscsi, CrcAlgorithm::Crc64Nvme];

    /// The `check` values of the catalogue.
    #[test]
    fn the_catalogues_check_values() {
        let sums = ALL.map(|algorithm| checksum(algorithm, b"123456789"));
        assert_eq!(sums, [0xcbf4_3926, 0xe306_9283, 0xae8b_1486_0a79_9888]);
        assert_eq!(ALL.map(|algorithm| checksum(algorithm, b"")), [0; 3]);
    }

    #[test]
    fn pieces_make_the_whole() {
        let bytes: Vec<u8> = (0..10_000_u32).map(|n| ((n * n) >> 3) as u8).collect();
        for algorithm in ALL {
            let mut digest = Digest::new(algorithm);
            bytes.chunks(37).for_each(|piece| digest.update(piece));
            assert_eq!(digest.finalize(), checksum(algorithm, &bytes));
        }
    }
}
