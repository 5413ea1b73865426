//! The kinds of personal values, and the names that fields holding them have.

use fastrand::Rng;

use super::contact::{self, Person};
use super::value::{Made, chance, one};
use super::{bank, ids, secret};

/// Makes a value of a kind.
type Make = fn(&mut Rng, Person) -> Made;

/// The kinds by their names in templates.
pub(super) const KINDS: &[(&str, Make)] = &[
    ("email", contact::email),
    ("phone", contact::phone),
    ("phone_world", contact::phone_world),
    ("first", contact::first),
    ("last", contact::last),
    ("name", contact::full_name),
    ("street", contact::street),
    ("zip", contact::zip),
    ("address", contact::address),
    ("lat", contact::lat),
    ("lng", contact::lng),
    ("dob", contact::dob),
    ("card", bank::card),
    ("card_plain", bank::card_plain),
    ("cvv", bank::cvv),
    ("expiry", bank::expiry),
    ("iban", bank::iban),
    ("account", bank::account),
    ("routing", bank::routing),
    ("sort_code", bank::sort_code),
    ("ip", contact::ip),
    ("ip4", contact::ip4),
    ("ip6", contact::ip6),
    ("mac", contact::mac),
    ("ssn", ids::ssn),
    ("ssn_plain", ids::ssn_plain),
    ("itin", ids::itin),
    ("nino", ids::nino),
    ("nhs", ids::nhs),
    ("sin", ids::sin),
    ("tfn", ids::tfn),
    ("medicare", ids::medicare),
    ("aadhaar", ids::aadhaar),
    ("pan", ids::pan),
    ("nif", ids::nif),
    ("nie", ids::nie),
    ("codice_fiscale", ids::codice_fiscale),
    ("steuer_id", ids::steuer_id),
    ("nir", ids::nir),
    ("bsn", ids::bsn),
    ("pesel", ids::pesel),
    ("cpf", ids::cpf),
    ("nric", ids::nric),
    ("personnummer", ids::personnummer),
    ("ahv", ids::ahv),
    ("rijksregister", ids::rijksregister),
    ("cn_id", ids::cn_id),
    ("passport", ids::passport),
    ("licence", ids::licence),
    ("jwt", secret::jwt),
    ("token", secret::token),
    ("password", secret::password),
    ("otp", secret::otp),
    ("oauth_code", secret::oauth_code),
    ("pin", secret::pin),
    ("session", secret::session),
    ("basic", secret::basic),
    ("url_login", secret::url_login),
    ("signature", secret::signature),
    ("aws_secret", secret::aws_secret),
    ("pem", secret::pem),
    ("wallet", secret::wallet),
    ("vendor_key", |rng, _| secret::vendor_key(rng, None)),
    ("aws_id", |rng, _| secret::vendor_key(rng, Some("aws_id"))),
    ("github", |rng, _| secret::vendor_key(rng, Some("github"))),
    ("slack", |rng, _| secret::vendor_key(rng, Some("slack"))),
    ("stripe", |rng, _| secret::vendor_key(rng, Some("stripe"))),
    ("stripe_webhook", |rng, _| secret::vendor_key(rng, Some("stripe_webhook"))),
    ("google", |rng, _| secret::vendor_key(rng, Some("google"))),
    ("openai", |rng, _| secret::vendor_key(rng, Some("openai"))),
    ("twilio", |rng, _| secret::vendor_key(rng, Some("twilio"))),
    ("sendgrid", |rng, _| secret::vendor_key(rng, Some("sendgrid"))),
    ("npm", |rng, _| secret::vendor_key(rng, Some("npm"))),
];

/// A kind's fields: names in words, the kind of value they hold if it is another, and names that few use.
type Fields = (&'static str, &'static [&'static str], &'static [&'static str]);

/// Fields' names by kind.
const FIELDS: &[Fields] = &[
    (
        "email",
        &[
            "email",
            "email address",
            "user email",
            "billing email",
            "contact email",
            "e mail",
            "mail",
            "customer email",
            "work email",
            "reply to",
            "recipient",
        ],
        &[
            "correo electronico",
            "courriel",
            "adresse email",
            "e post",
            "e mailadres",
            "indirizzo email",
            "usr eml",
            "who",
        ],
    ),
    (
        "phone",
        &[
            "phone",
            "phone number",
            "mobile",
            "mobile number",
            "telephone",
            "cell phone",
            "contact phone",
            "home phone",
            "work phone",
            "phone no",
            "tel",
        ],
        &[
            "telefon",
            "handynummer",
            "telefonnummer",
            "telefono",
            "numero de telephone",
            "portable",
            "celular",
            "telefoonnummer",
            "telefone",
            "numer telefonu",
            "mobilnummer",
            "whatsapp",
            "msisdn",
            "fax",
        ],
    ),
    (
        "first",
        &["first name", "given name", "firstname"],
        &[
            "vorname",
            "prenom",
            "nombre de pila",
            "voornaam",
            "imie",
            "fornamn",
            "forename",
            "primeiro nome",
            "middle name",
        ],
    ),
    (
        "last",
        &["last name", "family name", "surname", "lastname"],
        &[
            "nachname",
            "nom de famille",
            "apellido",
            "apellidos",
            "cognome",
            "achternaam",
            "nazwisko",
            "efternamn",
            "sobrenome",
            "maiden name",
            "geburtsname",
        ],
    ),
    (
        "name",
        &[
            "full name",
            "customer name",
            "cardholder name",
            "contact name",
            "recipient name",
            "account holder",
            "card holder",
            "name on card",
        ],
        &[
            "nombre completo",
            "vollstaendiger name",
            "nom complet",
            "nome completo",
            "kontoinhaber",
            "karteninhaber",
            "titulaire carte",
            "patient name",
            "legal name",
            "emergency contact name",
        ],
    ),
    (
        "street",
        &["street", "address line 1", "address1", "street address", "line1", "street name", "billing street"],
        &["strasse", "rue", "calle", "indirizzo", "ulica", "gatuadress", "direccion", "endereco", "adres", "anschrift"],
    ),
    (
        "zip",
        &["zip", "zip code", "postal code", "postcode"],
        &[
            "plz",
            "postleitzahl",
            "code postal",
            "codigo postal",
            "codice postale",
            "kod pocztowy",
            "postnummer",
            "cep",
            "pincode",
        ],
    ),
    (
        "address",
        &["address", "full address", "home address", "shipping address", "billing address", "delivery address"],
        &[
            "adresse",
            "direccion",
            "indirizzo",
            "lieferadresse",
            "endereco",
            "adres",
            "mailing addr",
            "place of residence",
        ],
    ),
    (
        "dob",
        &["date of birth", "dob", "birth date", "birthday"],
        &[
            "geburtsdatum",
            "date de naissance",
            "fecha de nacimiento",
            "data di nascita",
            "geboortedatum",
            "data urodzenia",
            "data de nascimento",
            "fodelsedatum",
            "born on",
        ],
    ),
    (
        "card",
        &["card number", "card no", "credit card", "credit card number", "pan", "cc number"],
        &[
            "kartennummer",
            "numero de carte",
            "numero de tarjeta",
            "numero carta",
            "kreditkarte",
            "ccnum",
            "payment instrument",
        ],
    ),
    (
        "cvv",
        &["cvv", "cvc", "card cvv", "security code", "card security code"],
        &["cvv2", "cvc2", "kartenpruefnummer", "csc"],
    ),
    (
        "expiry",
        &["card expiry", "card expiration", "expiry date", "exp date", "card exp"],
        &["gueltig bis", "cc exp", "date expiration carte"],
    ),
    (
        "iban",
        &["iban", "account iban", "bank iban"],
        &["kontonummer iban", "iban beneficiario", "bankverbindung", "debtor account"],
    ),
    (
        "account",
        &["account number", "bank account", "bank account number"],
        &[
            "kontonummer",
            "numero de cuenta",
            "numero de compte",
            "rekeningnummer",
            "numer konta",
            "acct no",
            "checking account",
        ],
    ),
    ("routing", &["routing number", "aba routing", "bank routing number"], &["aba", "rtn", "routing transit number"]),
    ("sort_code", &["sort code", "bank sort code"], &["sortcode"]),
    (
        "ip",
        &["ip", "client ip", "ip address", "remote address", "remote ip", "user ip"],
        &["adresse ip", "direccion ip", "src", "last seen from", "peer"],
    ),
    ("mac", &["mac address", "mac", "device mac", "wifi mac"], &["hw addr", "ethernet", "bssid", "bluetooth address"]),
    (
        "ssn",
        &["ssn", "social security number", "social security"],
        &["ssn number", "employee ssn", "numero de seguro social", "taxpayer id"],
    ),
    ("ssn_plain", &["ssn", "social security number", "ssn"], &["social security no", "employee ssn"]),
    ("itin", &["itin", "tax id"], &["taxpayer id"]),
    ("nino", &["nino", "national insurance number", "ni number"], &["national insurance", "ni no"]),
    ("nhs", &["nhs number", "nhs no"], &["nhs", "patient nhs"]),
    ("sin", &["sin", "social insurance number"], &["sin number", "numero assurance sociale"]),
    ("tfn", &["tfn", "tax file number"], &["tfn number"]),
    ("medicare", &["medicare number", "medicare card number"], &["medicare no"]),
    ("aadhaar", &["aadhaar", "aadhaar number"], &["aadhar no", "uidai"]),
    ("pan", &["pan number", "pan card"], &["permanent account number", "tax id"]),
    ("nif", &["nif", "dni"], &["documento identidad", "numero dni", "national id"]),
    ("nie", &["nie"], &["numero nie", "id number"]),
    ("codice_fiscale", &["codice fiscale", "tax code"], &["cod fiscale", "national id"]),
    ("steuer_id", &["steuer id", "tax id"], &["steueridentifikationsnummer", "idnr", "steuernummer"]),
    ("nir", &["nir", "numero securite sociale"], &["num secu", "insee number"]),
    ("bsn", &["bsn", "burgerservicenummer"], &["bsn nummer", "sofinummer"]),
    ("pesel", &["pesel"], &["numer pesel", "national id"]),
    ("cpf", &["cpf"], &["cpf cliente", "documento cpf", "tax id"]),
    ("nric", &["nric", "national id"], &["fin number", "nric no"]),
    ("personnummer", &["personnummer", "personal number"], &["person nr", "national identity number"]),
    ("ahv", &["ahv nummer", "ahv number"], &["avs number", "ahvnr"]),
    ("rijksregister", &["rijksregisternummer", "national number"], &["numero national", "insz"]),
    ("cn_id", &["id card number", "national id"], &["resident id", "shenfenzheng"]),
    (
        "passport",
        &["passport number", "passport", "passport no"],
        &[
            "reisepassnummer",
            "numero de passeport",
            "numero pasaporte",
            "numero passaporto",
            "travel document number",
            "paspoortnummer",
        ],
    ),
    (
        "licence",
        &["drivers license", "driver license number", "driving licence", "license number"],
        &["fuehrerscheinnummer", "permis de conduire", "dl number", "rijbewijs"],
    ),
    (
        "password",
        &["password", "user password", "new password", "current password", "passwd", "pwd", "password confirmation"],
        &[
            "passwort",
            "mot de passe",
            "contrasena",
            "senha",
            "wachtwoord",
            "haslo",
            "losenord",
            "passphrase",
            "kennwort",
            "pass word",
        ],
    ),
    (
        "token",
        &[
            "access token",
            "refresh token",
            "auth token",
            "api key",
            "client secret",
            "reset token",
            "csrf token",
            "secret",
            "session token",
            "id token",
            "secret key",
            "private key",
            "verification token",
        ],
        &[
            "x auth",
            "webhook secret",
            "hmac secret",
            "encryption key",
            "app secret",
            "magic link token",
            "device token",
            "bearer",
            "signing key",
            "jeton",
        ],
    ),
    (
        "otp",
        &["otp", "verification code", "one time password", "mfa code", "totp"],
        &["sms code", "auth code", "sms tan", "2fa code"],
    ),
    ("pin", &["pin", "card pin"], &["pin code", "atm pin"]),
    ("lat", &["lat", "latitude"], &["geo lat", "breitengrad", "latitud"]),
    ("lng", &["lng", "longitude", "lon"], &["geo lon", "laengengrad", "longitud"]),
    ("wallet", &["wallet", "wallet address", "btc address"], &["payout addr", "destination", "krypto adresse"]),
    ("vendor_key", &["api key", "key", "access key", "integration key"], &["creds", "value", "cfg"]),
];

/// How an application writes its fields' names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Camel,
    Snake,
    Kebab,
    Pascal,
    Dotted,
    Scream,
    Bracket,
    Joined,
}

impl Case {
    /// A case: most applications write camel or snake.
    pub(super) fn any(rng: &mut Rng) -> Self {
        match rng.u32(..100) {
            0..=46 => Self::Camel,
            47..=79 => Self::Snake,
            80..=85 => Self::Kebab,
            86..=90 => Self::Pascal,
            91..=93 => Self::Dotted,
            94..=95 => Self::Scream,
            96..=97 => Self::Bracket,
            _ => Self::Joined,
        }
    }

    fn unusual(self) -> bool {
        matches!(self, Self::Dotted | Self::Scream | Self::Bracket | Self::Joined)
    }

    fn write(self, words: &str) -> String {
        let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
        let words: Vec<&str> = words.split(' ').collect();
        let pascal: String = words.iter().map(|word| capital(word)).collect();
        match self {
            Self::Camel => pascal[..1].to_lowercase() + &pascal[1..],
            Self::Pascal => pascal,
            Self::Snake => words.join("_"),
            Self::Kebab => words.join("-"),
            Self::Dotted => format!("customer.{}", words.join("_")),
            Self::Scream => words.join("_").to_uppercase(),
            Self::Bracket => format!("user[{}]", words.join("_")),
            Self::Joined => words.concat(),
        }
    }
}

/// A name for a field that holds a kind, and whether it is an unusual one.
pub(super) fn field(rng: &mut Rng, kind: &str, case: Case) -> (String, bool) {
    let fields = FIELDS.iter().find(|fields| fields.0 == kind);
    let (_, usual, odd) = fields.unwrap_or_else(|| panic!("no field names for {kind}"));
    let unusual = chance(rng, 22);
    let words = one(rng, if unusual { odd } else { usual });
    let contact = matches!(kind, "email" | "phone" | "first" | "last" | "name" | "street" | "zip");
    let prefix = if contact && !unusual && chance(rng, 12) {
        one(rng, &["billing ", "shipping ", "customer ", "contact ", "guest ", "sender "])
    } else {
        ""
    };
    (case.write(&format!("{prefix}{words}")), unusual || case.unusual())
}
