//! Field names that say what their value is.
//!
//! A name is cut into words (`billingEmail`, `user[email]`, `DATE.OF.BIRTH`), and the *last* words decide, joined without
//! separators: `dateofbirth` stands for every spelling of it, while `author` never meets `auth`, and `token_type`,
//! `card_brand` or `email_verified` are about something else than their first word. A few words that only qualify
//! (`password_confirmation`, `phone2`, `email_normalized`) are looked past.
//!
//! Some words are personal only in company: `name` in a `customer`, `city` in an `address`, `number` in a `card`. Objects
//! hand their [`Role`] to their members for that, and so does the word before (`customer_name`, `billingCity`).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::atomic::{AtomicU16, AtomicU64, Ordering};
use std::sync::{LazyLock, OnceLock};

use super::finding::{Action, Finding, Why};
use super::kind::{Kind, is_placeholder};
use super::languages::{LANGUAGES, OF_NOBODY, SHORT, STEMS};
use super::rules::Rules;
use super::traits::{self, has, is_uuid};
use super::{card, contact, people, walk};

/// What happens to the value of a sensitive name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// The value goes as a whole, whatever its JSON type.
    Whole,
    /// Every string and number in it goes; objects and arrays keep their shape.
    Leaves,
    /// As `Leaves`, but numbers stay: `tokens` is as often a count as a secret.
    Strings,
    /// A cookie header: names stay, values go. Objects as `Leaves`.
    Cookie,
    /// Strings that look random go, words and short codes stay: `code` is a login's as often as an error's.
    Token,
    /// Long strings without a pattern go, paths and words stay: `stream_key` opens something, `row_key` finds it.
    Key,
    /// The same of both cases, of 32 bytes or more: what is called `key` and no more.
    Mixed,
    /// Nothing in it is touched.
    Keep,
    /// The value goes if it has at least so many digits, and next to no letters: `run`, `rrn`, `partyA`.
    Digits(u8),
    /// The value goes if it is a number with three places or more behind the point: `long`, `breite`.
    Decimal,
    /// The value goes if it is written as names are, with a capital and no digit: `signed_by` is a courier's as often.
    Capital,
    /// The value goes if it reads like a person's name: `{"label":"Nome","value":"Davide"}`.
    Person,
    /// The value goes if it may be what somebody calls himself: `login`.
    Handle,
    /// The same where a program's name is as likely, and only a digit or a joint tells them apart: `created_by`.
    Account,
    /// Of a link that opens something the last part goes, if it looks random: `signing_url`.
    Link,
}

impl How {
    /// Whether `value` is what goes under such a name.
    pub(super) fn fits(self, value: &str) -> bool {
        let count = |is: fn(&u8) -> bool| value.bytes().filter(is).count();
        match self {
            Self::Whole | Self::Leaves | Self::Cookie => true,
            Self::Keep => false,
            Self::Strings => !value.bytes().all(|b| b.is_ascii_digit()),
            // Of what is encoded JSON its content decides, and Twilio's `sid` is an id.
            Self::Token => {
                let open = (!value.starts_with("eyJ") || value.contains('.')) && !value.starts_with(['{', '[']);
                open && walk::is_random(value) && !is_twilios(value)
            }
            Self::Handle => is_handle(value),
            Self::Account => {
                is_handle(value)
                    && value.bytes().any(|b| b.is_ascii_digit() || matches!(b, b'_' | b'.'))
                    && !value.contains('-')
            }
            // Never as a whole.
            Self::Link => false,
            Self::Key => walk::is_key(value),
            Self::Mixed => {
                let has = |is: fn(&u8) -> bool| value.bytes().any(|b| is(&b));
                value.len() >= 32
                    && walk::is_key(value)
                    && walk::is_random(value)
                    && has(u8::is_ascii_uppercase)
                    && has(u8::is_ascii_lowercase)
                    && !value.contains('.')
            }
            Self::Digits(least) => {
                count(u8::is_ascii_digit) >= usize::from(least) && count(u8::is_ascii_alphabetic) <= 2
            }
            Self::Person => {
                value.len() <= LONGEST_VALUE
                    && (people::is_chinese_or_korean(value)
                        || people::is_person(value)
                        || people::may_be_a_person(value)
                        || people::is_given_name(value))
            }
            Self::Capital => {
                value.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
                    && value.len() <= LONGEST_VALUE
                    && count(u8::is_ascii_digit) == 0
                    && !people::is_sentence(value)
                    && !is_organisation(value)
            }
            Self::Decimal => {
                let (whole, places) = value.trim_start_matches('-').split_once('.').unwrap_or((value, ""));
                (1..=3).contains(&whole.len())
                    && places.len() >= 3
                    && [whole, places].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
            }
        }
    }
}

/// A name's judgement of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) kind: Kind,
    pub(super) how: How,
    pub(super) by: By,
    /// What a rule of its own says; else the kind decides.
    pub(super) action: Option<Action>,
}

/// Who judges: the part of [`Why`] that a name can be, in four bytes, since every member of an event carries one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Name,
    Path(u16),
    NameRule(u16),
}

impl Verdict {
    pub(super) const fn new(kind: Kind, how: How) -> Self {
        Self { kind, how, by: By::Name, action: None }
    }

    pub(super) const fn finding(self) -> Finding {
        let why = match self.by {
            By::Name => Why::Name,
            By::Path(i) => Why::Path(i),
            By::NameRule(i) => Why::NameRule(i),
        };
        Finding { kind: self.kind, action: self.action, why }
    }

    /// Whether `value` says nothing of anybody. Of what a name means by itself some values are something else; what a rule
    /// names goes, whatever it is.
    pub(super) fn says_nothing(self, value: &str) -> bool {
        match self.by {
            By::NameRule(_) => is_no_value(self.kind, value.trim()),
            By::Name | By::Path(_) => says_nothing(self.kind, value),
        }
    }

    /// Whether a path of the rules says so, which nothing outdoes.
    pub(super) const fn is_ruled(self) -> bool {
        matches!(self.by, By::Path(_))
    }
}

/// What an object is about, as far as it decides about the names in it. A set: `billing` is a person and an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Role(u8);

impl Role {
    pub(super) const NONE: Self = Self(0);
    pub(super) const PERSON: Self = Self(1);
    pub(super) const ADDRESS: Self = Self(2);
    pub(super) const CARD: Self = Self(4);
    pub(super) const BANK: Self = Self(8);
    /// The parts of a person's name.
    pub(super) const NAME: Self = Self(16);
    /// Messages about fields: `{"errors":{"password":"is too short"}}`. Prose under a sensitive name lives.
    pub(super) const MESSAGES: Self = Self(32);
    /// A flat list of header names and values.
    pub(super) const PAIRS: Self = Self(64);
    /// Somebody's address or number was found beside it by what it looks like: weaker than a name that says so.
    pub(super) const SOMEONE: Self = Self(128);

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What the name says about values that are not personal by name: which patterns would be a mistake there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Hint {
    /// Nothing: free text, or no name at all.
    #[default]
    None,
    /// The name is a field's, and says no more.
    Field,
    /// An id, hash, reference or time: bare digits there are no card and no phone number, whatever their checksum.
    Identifier,
    /// A version or a user agent: four dotted numbers are no address.
    Version,
}

impl Hint {
    /// Whether it rules patterns out.
    pub(super) const fn is_specific(self) -> bool {
        matches!(self, Self::Identifier | Self::Version)
    }
}

/// Everything a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sense {
    pub(super) verdict: Option<Verdict>,
    pub(super) role: Role,
    pub(super) hint: Hint,
    /// The value names another member's value: `{"name":"Authorization","value":"…"}`.
    pub(super) names_sibling: bool,
    /// The value is what a sibling names.
    pub(super) named_by_sibling: bool,
    /// Personal once a sibling turns out to be: `name` beside `email`, `city` beside `street`, `expiry` beside a card.
    pub(super) latent: Option<(Role, Verdict)>,
    /// `latent` is a guess from the last word of the name, which a value has to bear out: [`is_full_name`].
    pub(super) guessed: bool,
    /// What siblings before it have said.
    pub(super) evident: Role,
    /// One end of a call or message: bare digits there are a telephone number.
    pub(super) is_party: bool,
    /// The object's names are what this says: `recipients_by_phone`.
    pub(super) keyed: bool,
    /// Where something is: a pair of coordinates there is somebody's place.
    pub(super) is_place: bool,
    /// Lives inside a container whose leaves go: `country` of an address, `type` of a phone.
    pub(super) spared: bool,
    /// A person, if the value reads like one: `signedBy`, `owner`, `name`. See [`people`](super::people).
    pub(super) somebody: bool,
}

impl Sense {
    /// What the value itself says where the name says what it may be: a card's date under `expiry`, a whole telephone number
    /// under `to`, a pair of coordinates under `position`, a person under `signedBy`.
    pub(super) fn by_value(&self, value: &str) -> Option<Verdict> {
        let found = |kind| Some(Verdict::new(kind, How::Leaves));
        match self.latent {
            _ if self.verdict.is_some() || value.len() > LONGEST_VALUE => None,
            Some((_, latent)) if latent.kind == Kind::Card && card::is_expiry(value) => Some(latent),
            _ if self.is_party && contact::is_full_number(value) => found(Kind::Phone),
            _ if self.is_place && contact::is_position(value) => found(Kind::Geo),
            _ if self.is_place && (contact::is_street_address(value) || contact::is_postal_line(value)) => {
                found(Kind::Address)
            }
            _ if self.somebody && !self.names_sibling && people::is_chinese_or_korean(value) => found(Kind::Name),
            _ if self.somebody && !self.names_sibling && people::is_indian(value) => found(Kind::Name),
            _ if self.somebody
                && (people::is_person(value)
                    || (!self.names_sibling && people::may_be_a_person(value))
                    || (!self.names_sibling
                        && people::is_given_name(value)
                        && self.latent.is_some()
                        && !self.guessed)) =>
            {
                found(Kind::Name)
            }
            _ => None,
        }
    }

    pub(super) const fn nothing() -> Self {
        Self {
            verdict: None,
            role: Role::NONE,
            hint: Hint::None,
            names_sibling: false,
            named_by_sibling: false,
            latent: None,
            guessed: false,
            evident: Role::NONE,
            is_party: false,
            is_place: false,
            keyed: false,
            spared: false,
            somebody: false,
        }
    }
}

/// The sensitive names of one kind: joined words, singular, lower case, without accents. A leading `=` asks for the whole
/// name: `fin` is a Finnish or Singaporean id, `date_fin` and `is_fin` are not.
struct Family(Kind, How, &'static [&'static str]);

#[rustfmt::skip]
const FAMILIES: &[Family] = &[
    Family(Kind::Password, How::Whole, &[
        "password", "passwd", "pwd", "passphrase", "passcode", "psw", "pswd",
        "pin", "pinnumber", "puk", "pukcode", "otp", "otpcode", "totp", "mfacode", "twofactorcode", "2facode", "verificationcode",
        "onetimecode", "onetimepassword", "recoverykey", "recoverycode", "backupcode", "securityanswer", "secretanswer", "smscode", "totpcode", "hotpcode", "tfacode", "logincode", "signincode", "authenticatorcode", "koddostepu", "codigodeacceso", "codigoacceso", "codeacces", "zugangscode", "codiceaccesso", "toegangscode",
        "passwordutente", "passwordusuario", "passwordutilisateur", "passwordbenutzer", "passwordgebruiker", "passwordconfirmation", "passwordconfirm", "passwordagain", "passwordrepeat",
        "passwordverify", "passwordcheck", "passwortbestaetigung", "passwortwiederholung",
        "passwort", "kennwort", "contrasena", "clave", "motdepasse", "mdp", "senha", "wachtwoord", "haslo",
        "losenord", "parola", "passord", "adgangskode", "heslo", "jelszo", "sifre", "salasana", "contrasenya", "palavrapasse",
        "smtppass", "dbpass", "gatecode", "doorcode", "entrycode", "keypadcode", "lockcode", "alarmcode", "buzzercode", "lockboxcode", "safecode", "wifipsk", "wpakey", "wpapsk", "pword", "cryptpw", "userpass", "mailpass", "adminpass", "rootpass", "ftppass", "sshpass", "smstan", "=tan", "mtan", "unlockcode", "accesscode", "securitypin", "cardpincode", "pinentry", "pwhash", "userpw", "dbpw", "totpsecret",
    ]),
    Family(Kind::Secret, How::Whole, &[
        "secret", "clientsecret", "secretkey", "sharedsecret", "consumersecret", "consumerkey", "appsecret", "apisecret",
        "webhooksecret",
        "token", "accesstoken", "refreshtoken", "idtoken", "authtoken", "bearertoken", "sessiontoken", "csrftoken",
        "xsrftoken",
        "devicetoken", "pushtoken", "fcmtoken", "resettoken", "invitetoken", "securitytoken", "authenticitytoken",
        "jwt",
        "csrf", "xsrf", "oauthtoken", "oauthverifier", "codeverifier", "authorizationcode",
        "sessionkey", "sessionsecret", "sessionticket", "authticket", "ticketgrantingticket", "serviceticket", "loginticket", "cookiesecret", "samlresponse", "samlassertion", "clientassertion",
        "=assertion",
        "accesssign", "apisign", "xamzsignature", "xamzcredential", "xgoogsignature", "xgoogcredential", "hmac",
        "seedphrase", "mnemonic", "recoveryphrase",
    ]),
    // Mailgun's is an object with a time in it.
    Family(Kind::Secret, How::Leaves, &["signature"]),
    Family(Kind::ApiKey, How::Whole, &[
        "transactionkey",
        "awssecret", "awskey", "awstoken", "apikey", "apitoken", "plaintextkey", "accesskey", "awssecretaccesskey", "accesskeyid", "awsaccesskeyid", "secretaccesskey", "appkey", "authkey",
        "subscriptionkey", "functionskey", "cleapi", "claveapi", "chaveapi", "chiaveapi", "apischluessel", "apischlussel", "apisleutel", "apinyckel",
        "licensekey", "signingkey", "encryptionkey", "masterkey", "accountkey", "storagekey", "sharedaccesskey",
        "connectionstring", "presharedkey", "=psk", "wireguardkey", "networkkey", "apisecretkey", "apikeyv",
]),
    Family(Kind::PrivateKey, How::Whole, &["privatekey", "privkey", "sshkey", "rsakey", "pemkey"]),
    Family(Kind::Auth, How::Leaves, &[
        "authorization", "authorisation", "proxyauthorization", "auth", "credential", "basicauth", "authheader",
    ]),
    Family(Kind::Cookie, How::Cookie, &[
        "cookie", "setcookie", "sessioncookie", "connectsid", "phpsessid", "jsessionid", "cookiessid",
]),
    Family(Kind::Card, How::Whole, &[
        "cardnumber", "numberoncard", "cardno", "acctpan", "cardpan", "cccid", "carddigits", "fullcard", "numerocb", "cbnumero", "numbercard", "creditcard", "creditcardnumber", "debitcard", "debitcardnumber", "ccnumber",
        "ccnum", "ccno", "cardnum",
        "paymentcard", "paymentcardnumber", "primaryaccountnumber", "=pan", "kartennummer", "kreditkarte",
        "kreditkartennummer", "numerotarjeta", "cartebancaire", "numerodetarjeta", "tarjetadecredito", "numerocarta", "numerocarte", "numerodecarte", "numerocartao", "numerodocartao", "kaartnummer", "kortnummer", "cardverificationvalue", "cardverificationcode", "verificationvalue", "cvv2", "expdate", "cardexpdate", "cardexpirydate", "expirationdatecard", "cardexpires", "cardcvn", "cardnumberlast",
        "cvv", "cccvc", "ccvv", "cccvv", "cccvn", "cvc", "cvn", "csc", "cardcvv", "cardcvc", "cvvnumber", "cvccode", "cvvcode", "securitycode",
        "cardsecuritycode", "cardcode",
        "cardexpiry", "cardexp", "cardexpiration", "cardexpirationdate", "cardexpirydate", "ccexp", "ccexpiry",
        "expmonth", "expyear", "expirymonth", "expiryyear",
        "expirationmonth", "expirationyear", "cardpin", "kartenpruefnummer", "cvnumber", "cardverification", "codseguranca", "codigoseguranca", "codiceseguridad", "kartenprufnummer", "pruefnummer",
        "dateexpirationcarte", "validthru", "cardvalidthru", "cvvkod", "codicesicurezza", "codigoseguridad", "codigodeseguridad", "cryptogramme", "gueltigbiskarte", "gultigbiskarte", "kartenablaufdatum", "kartenablauf", "kartegueltigbis", "kartegultigbis", "pruefzifferkarte", "prufzifferkarte", "kartenpruefziffer", "kartenprufziffer", "kartenverfallsdatum", "cartescadenza", "scadenzacarta", "caducidadtarjeta", "validadecartao", "vervaldatumkaart", "paymentexpiry", "paymentexp", "paymentcvc", "paymentcvv", "paymentexpirydate",
]),
    Family(Kind::Ssn, How::Whole, &[
        "ssn", "ssnnbr", "ssnno", "ssnnumber", "socialsecurity", "socialsecuritynumber", "socialsecurityno", "socialsecnum", "ssnum",
]),
    Family(Kind::Itin, How::Whole, &["itin"]),
    Family(Kind::Nhs, How::Whole, &["nhsnumber", "nhsno", "nhsnum", "nhsid", "=nhs"]),
    Family(Kind::Nino, How::Whole, &["nino", "nationalinsurancenumber", "nationalinsurance", "ninumber"]),
    Family(Kind::NationalId, How::Whole, &[
        "=sin", "sinnumber", "taxidentifier", "foreigntin", "nationalidentificationnumber", "nationalidentification", "southafricanid", "personnumber", "nosecu", "incometaxpan", "iddocnumber", "iddocno", "govidnumber", "governmentidnumber", "socsecnumber", "ssnumber", "natlid", "nationalidno", "identityno", "uidnumber", "insee", "residentno", "residencepermit", "alienno", "matricule", "socialinsurancenumber", "taxid", "taxidnumber", "taxnumber", "taxpayerid", "sofinummer", "registrenational", "numeronational", "numeroregistrenational", "rijksregister", "nationalnumber", "nationalnr", "insz", "niss", "ahv", "ahvnummer", "ahvnumber", "ahvnr", "avsnumber", "patientnhs",
        "tfnnumber", "tfnno", "medicare", "medicareno", "medicarecardnumber", "bsnnummer", "bsnnumber", "idnr", "steueridnr", "steueridentifikationsnummer", "steueridentnr", "steueridentnummer", "identifikationsnummer", "nationalno", "peselnumber", "cpfnumber", "numerocpf", "cnpjnumber", "nifnumber", "nienumber", "dninumber", "numerodni", "documentoidentidad", "numerodedocumento", "iddocumentnumber", "fiscalcode", "codfiscale", "numerofiscal", "numerodecontribuinte", "contribuinte", "socialid", "insuranceid", "memberinsuranceid", "kvnr", "krankenversichertennummer", "versichertennummer", "rvnr", "svnr", "sozialversicherungsnr", "aadhaarno", "aadharno", "uidai", "panno", "nricno", "nricnumber", "finnumber", "fiscalnumber", "nationalregisternumber", "rijksregisternummer", "inseenumber", "numeroinsee", "securitesociale", "numsecu", "tcno", "tckimlikno", "kimlikno", "cedula", "=rut", "cuit", "cuil", "rfcnumber", "curpnumber",
        "taxidentificationnumber", "taxfilenumber", "=tin", "tfn", "medicarenumber", "medicareid",
        "nationalid", "nationalidnumber", "nationalidentitynumber", "nationalidentifier", "personalid",
        "personalidnumber", "personalnumber", "personnummer", "identitynumber", "identitycard",
        "identitycardnumber",
        "idcardnumber", "idcard", "govid", "governmentid", "citizenid", "aadhaar", "aadhar", "aadhaarnumber",
        "pannumber", "pancard", "voterid", "=nif", "=nie", "=dni", "nuss", "curp", "=rfc",
        "codicefiscale", "steuerid", "steuernummer", "sozialversicherungsnummer", "ausweisnummer",
        "personalausweis", "=nir", "numerosecuritesociale", "bsn", "burgerservicenummer", "pesel",
        "cpf", "cnpj", "nric", "=fin", "hetu", "henkilotunnus", "=cnp", "=egn", "=ein", "=npi", "=mbi",
        "healthcardnumber", "healthinsurancenumber", "insurancenumber", "residentregistrationnumber", "=fnr", "uinfin", "nricfin", "taxidde", "idnrsteuer", "steueridde", "peselid", "citizenservicenumber", "applicanttfnnumber", "taxidnl", "taxides", "taxidit", "taxidfr", "taxidpl", "taxiduk", "uidaino", "uidainbr", "uidainumber",
]),
    Family(Kind::Passport, How::Whole, &[
        "passport", "paspoort", "paspoortnummer", "numeropassaporto", "numeropasaporte", "numeropassaporte", "numeropasseport", "numerodepasseport",
        "numerodepasaporte", "passnummer", "passnr", "reisepassnr", "paszport", "numerpaszportu", "pasnummer", "passportnumber", "passportno", "passportnum", "passportid", "traveldocument",
        "traveldocumentnumber", "traveldocumentno", "traveldoc", "traveldocnumber", "traveldocno", "traveldocnum", "reisepass", "reisepassnummer", "pasaporte", "numeropasaporte", "passeport",
        "passaporto", "passaporte", "passportbiometric", "biometricpassport", "passportcard", "passportbook", "pptno", "pptnum", "pptnumber", "pptnr", "passno",
    ]),
    Family(Kind::DriverLicense, How::Whole, &[
        "driverlicense", "driverslicense", "licenceno", "licenseno", "drivinglicencecode", "=licence", "driverlicence", "driverslicence", "drivinglicense", "drivinglicence",
        "driverlicensenumber", "driverslicensenumber", "driverlicencenumber", "driverlicenseno", "driverlicenceno", "drivinglicenseno",
        "drivinglicenceno", "driverslicenceno", "driverlicenseid", "driverlicensenum", "driverslicensenum", "drvlicnum", "drvlicno", "drvlicnbr", "dlno", "permisconduire", "permisdeconduire", "patente",
        "numeropatente", "licenciaconducir", "carnetconducir", "permisoconducir", "rijbewijs", "rijbewijsnummer", "korkort", "cnh",
        "driverslicencenumber", "drivinglicensenumber", "drivinglicencenumber", "driverslicenseno", "dlnumber",
        "licencenumber", "licensenumber", "fuehrerschein", "fuhrerschein", "fuehrerscheinnummer",
        "fuhrerscheinnummer", "cnhnumero", "numerocnh", "cnhnumber", "numerodacnh", "patentenumero", "rijbewijsnr",
    ]),
    Family(Kind::Iban, How::Whole, &["iban", "ibannumber", "accountiban", "ibanno",
]),
    Family(Kind::Bank, How::Whole, &[
        "accountnumber", "accountno", "bankaccountdetail", "vpa", "upivpa", "payervpa", "payeevpa", "rdfi", "rdfiidentification", "cuentaordenante", "cuentabeneficiario", "receivingdfi", "odfi", "routingtransitnum", "branchcode", "bankbranchcode", "branchnumber", "clearingcode", "clearingnumber", "abacode", "achabacode", "bsbcode", "bsbnumber", "transitno", "institutionno", "dda", "ddanumber", "eftbranch", "debitaccount", "creditaccount", "counterpartyaccount", "bankaccount", "bankaccountnumber", "bankaccountno", "acctnumber", "acctno",
        "acctnum", "accountnum", "routingnumber", "routingno", "abarouting", "abanumber", "abaroutingnumber",
        "sortcode", "bankcode", "bic", "=swift", "swiftcode", "biccode", "ifsc", "ifsccode", "bsb", "kontonummer", "checkingaccount", "savingsaccount", "kontoverbindung", "payoutaccount", "beneficiaryaccount", "=aba",
        "bankleitzahl", "blz", "numerocuenta", "numerodecuenta", "=rib", "clabe", "routingtransitnumber", "transitnumber", "abartn",
        "=rtn", "numeroconta", "numerodaconta", "numerocompte", "numerodecompte", "numeroconto", "rekeningnummer", "kontonumer",
        "numerkonta", "bankgiro", "accountnr", "bankaccountnr", "bankkonto", "codigobanco", "bankrouting", "bankroutingnumber", "sortingcode", "wirerouting", "achrouting", "wireroutingnumber", "achroutingnumber",
    ]),
    Family(Kind::BirthDate, How::Leaves, &[
        "dob", "dateofbirth", "birthymd", "dobymd", "birthmd", "tanjoubi", "yob", "birthdaymonth", "birthdayday", "dayofbirth", "monthofbirth", "bornin", "geborenam", "nele", "neele", "birthdate", "birthday", "dateborn", "birth", "birthyear", "yearofbirth",
        "birthmonth", "geburtsdatum", "geburtstag", "datenaissance", "datedenaissance", "fechanacimiento",
        "fechadenacimiento",
        "datanascimento", "datadenascimento", "datadinascita", "datanascita", "geboortedatum", "fodelsedatum",
        "dataurodzenia", "bday", "bornon", "bornat", "borndate", "dateofbirthday", "naissance", "nacimiento", "nascimento", "fodt",
        "fodselsdato", "syntymaaika", "fechanac", "datanasc", "gebdatum", "gebdat", "birthdt", "urodziny", "=geb",
    ]),
    Family(Kind::Email, How::Leaves, &[
        "email", "mail", "emailaddress", "mailaddress", "emailaddr", "useremail", "emailid", "courriel",
        "correo", "correoelectronico", "emailadresse", "mailadresse", "adresseemail", "adressemail", "eposta",
        "epost", "indirizzoemail",
    ]),
    Family(Kind::Phone, How::Leaves, &[
        "phone", "phonenumber", "tonumber", "fromnumber", "=called", "=caller", "=callee", "rueckrufnr", "ruckrufnr", "denwabangou", "contactotelefonico", "contatotelefonico", "contattotelefonico", "smsto", "numbertoport", "videophone", "callbackno", "callbacknumber", "cellph", "homeph", "workph", "dayph", "contactph", "phonetoverify", "dialednumber", "dialled", "diallednumber", "numberdialed", "remotenumber", "peernumber", "partynumber", "callingparty", "calledparty", "calledno", "callingnumber", "originatingnumber", "terminatingnumber", "destinationnumber", "subscribernumber", "phoneno", "phonenum", "telephone", "telephonenumber", "tel", "telno", "mobile",
        "mobilenumber", "mobileno", "mobilephone", "mobilephonenumber", "cell", "cellphone", "cellnumber",
        "cellphonenumber",
        "fax", "faxnumber", "msisdn", "=gsm", "whatsapp", "whatsappnumber", "landline", "homephone", "workphone",
        "contactnumber", "contactno", "phonehome", "phonework", "smsnumber", "callerid", "dialednumber",
        "telefon", "telefonnummer", "=handy", "handynummer", "mobilnummer", "mobil", "rufnummer",
        "telephoneportable", "telefono", "telefone", "movil", "celular", "cellulare", "telefoon", "telefoonnummer",
        "numerotelefono", "numerodetelefono", "puhelin", "puhelinnumero", "numerodetelephone", "numerotelephone", "portable",
        "mobiel", "mobielnummer", "telefonnumber", "telefoonnr", "telefonnr", "telnr", "telnumber", "nrtelefonu",
        "numertelefonu", "komorka", "fonenumber", "fone", "phonedigits", "celularnumber", "movilnumber", "cellno",
        "dayphone", "eveningphone", "waid", "whatsappid", "wanumber", "callernumber", "calleenumber", "providednumber", "senderprovidednumber", "=ani", "phonestr",
    ]),
    // `phone_e164`: the number at the end does not count, the letter does.
    Family(Kind::Phone, How::Leaves, &["phonee", "mobilee", "phonenumbere"]),
    Family(Kind::Ip, How::Leaves, &[
        "ip", "ipaddress", "ipaddr", "ipv", "clientip", "remoteip", "remoteaddr", "remoteaddress", "clientaddress",
        "peeraddress", "peerip", "sourceip", "srcip", "userip", "hostip", "xforwardedfor", "xrealip", "xclientip",
        "trueclientip",
        "localaddress", "localaddr", "serveraddress", "hostaddress", "networkaddress", "boundaddress", "bindaddress",
        "listenaddress", "cfconnectingip", "forwardedfor", "=forwarded", "xclusterclientip", "fastlyclientip",
        "xoriginalforwardedfor", "xenvoyexternaladdress",
    ]),
    Family(Kind::Mac, How::Leaves, &["callingstationid", "calledstationid", 
        "mac", "macaddress", "macaddr", "hwaddr", "hardwareaddress", "ethernetaddress", "bssid", "idfa", "idfv", "gaid", "aaid", "advertisingid", "advertiserid", "adid", "androidid", "oaid", "=ifa", "deviceifa",
]),
    Family(Kind::Name, How::Leaves, &[
        "firstname", "preferredusername", "nomeutilizador", "nameonfile", "nameofrecord", "nameonrecord", "nameonaccount", "nmoncard", "nameonpass", "nomeutente", "fname", "fnm", "lnm", "surnameatbirth", "nameatbirth", "nameasperpan", "nameasperaadhaar", "nameasperbank", "verifiedname", "kontoinnehavare", "kortinnehavare", "kaarthouder", "kortholder", "kontoeier", "tilinomistaja", "drzitelkarty", "midname", "lastnamepartner", "nameonticket", "nameinfull", "nameline", "nameasonpassport", "nameonpassport", "nameonid", "givenname", "forename", "lastname", "lname", "surname", "familyname", "fullname",
        "middlename", "middleinitial", "maidenname", "mothermaidenname", "mothersmaidenname", "secondname",
        "legalname", "birthname",
        "username", "screenname", "nickname", "displayname", "preferredname", "realname", "personname",
        "cardholder", "cardholdername", "nameoncard", "accountholder", "accountholdername", "holdername",
        "contactname", "contactperson", "kinname", "emergencycontact", "signatory", "beneficiaryname", "loginname",
        "ccname",
        "vorname", "nachname", "familienname", "benutzername", "prenom", "nomdefamille", "nomcomplet", "apellido",
        "primerapellido", "segundoapellido", "nombrecompleto", "cognome", "sobrenome", "nomecompleto", "achternaam",
        "voornaam", "etunimi", "titulairecarte", "nomtitulairecarte", "vollstaendigername", "vollstandigername", "nombredepila", "geburtsname",
        "primeironome", "emergencycontactname", "nomecompletodotitular", "nombredeltitular", "voorletters", "tussenvoegsel", "kontoinhaber", "karteninhaber", "inhaber",
        "titulaire", "intestatario", "nombretitular", "nomtitulaire", "rekeninghouder", "primernombre", "segundonombre",
        "primeironome", "ultimonome", "nombres", "apellidos", "naamgebruiker", "gebruikersnaam", "nomutilisateur",
        "nombreusuario", "nombredeusuario", "nomeusuario", "nazwauzytkownika", "imienazwisko", "fornavn", "etternavn",
        "efternavn", "keresztnev", "vezeteknev", "jmeno", "prijmeni", "soyad", "soyadi", "sukunimi", "fornamn", "efternamn", "imie", "nazwisko",
        "signedbyname", "receivedbyname", "createdbyname", "updatedbyname", "approvedbyname", "yourname", "yourfullname", "instagramhandle", "twitterhandle", "tiktokhandle", "telegramhandle", "socialhandle", "facebookhandle", "youtubehandle", "mastodonhandle", "blueskyhandle", "instagramusername", "remoteuser", "globalname", "authorname", "reviewername", "ighandle", "snapchathandle", "linkedinhandle", "anzeigename", "paymentholder", "cardholdernm",
]),
    Family(Kind::Address, How::Leaves, &[
        "address", "addr", "regadd", "addresslinedata", "xlgr", "xbairro", "xmun", "xcpl", "logradouro", "ipcity", "viewercity", "shiptoaddress", "zipcd", "postcd", "pstcd", "streetandnumber", "streetandhousenumber", "suburbcity", "citysuburb", "towncity", "citytown", "citystate", "=premise", "=premises", "bynavn", "yuubinbangou", "yubinbangou", "juusho", "sokak", "cadde", "mahalle", "houseandstreet", "housenamenumber", "housenum", "zipno", "residenceaddress", "addressaddition", "lieunaissance", "polygonname", "workcity", "homecity", "billcity", "shipcity", "mailcity", "mailingcity", "residencecity", "residentialcity", "permanentcity", "cityofresidence", "creditcardcity", "achcity", "hometown", "streetaddress", "street", "streetname", "streetnumber", "streetline", "addressline",
        "homeaddress", "mailingaddress", "postaladdress", "billingaddress", "shippingaddress", "deliveryaddress",
        "residentialaddress",
        "zip", "zipcode", "zippostalcode", "postcode", "postalcode", "postal", "pincode", "housenumber", "houseno",
        "apartmentnumber", "aptnumber",
        "adresse", "anschrift", "strasse", "strassenname", "hausnummer", "plz", "postleitzahl", "codepostal",
        "gatuadress", "lieferadresse", "rechnungsadresse", "placeofresidence", "codicepostale", "placeofbirth", "birthplace",
        "geburtsort", "lieudenaissance", "lugarnacimiento", "luogonascita", "wohnort", "plznummer", "postalcodezip", "fulladdress", "addressfull", "completeaddress", "=rue", "direccion", "domicilio", "codigopostal", "calle", "indirizzo", "endereco", "=cep", "logradouro",
        "fromcity", "tocity", "callercity", "calledcity", "fromzip", "tozip", "callerzip", "calledzip", "adres", "straat", "huisnummer", "kodpocztowy", "ulica", "osoite", "adress", "postnummer", "customercity", "ciudadresidencia", "cidaderesidencia", "cittaresidenza", "villeresidence", "usercity", "patientcity", "guestcity", "membercity", "ciudaddomicilio", "ciudadderesidencia", "cidadederesidencia", "cittadiresidenza", "villederesidence",
]),
    Family(Kind::Geo, How::Leaves, &[
        "homelat", "homelon", "homelng", "worklat", "worklng", "pickuplat", "pickuplng", "dropofflat", "dropofflng", "startlat", "startlng", "endlat", "endlng", "originlat", "originlng", "destlat", "destlng",
        "lat", "lng", "lattitude", "longtitude", "userlat", "userlng", "lon", "latitude", "longitude", "latlng", "latlon", "latlong", "coord", "coordinate", "geo",
        "geolocation", "geopoint", "geoposition", "gps", "gpslocation", "gpscoordinate", "gpsposition", "lnglat",
        "breitengrad", "langengrad", "laengengrad", "latitud", "longitud", "latitudine", "longitudine", "geolat", "geolon", "geolng",
        "gpslat", "gpslon", "gpslng", "breedtegraad", "lengtegraad",
    ]),
    Family(Kind::Wallet, How::Leaves, &[
        "wallet", "walletaddress", "cryptowallet", "payoutaddress", "depositaddress", "withdrawaladdress", "cryptoaddress",
        "xrpaddress", "trxaddress", "soladdress", "solanaaddress", "adaaddress", "ltcaddress", "dogeaddress", "xmraddress",
        "walletid", "bitcoinaddress", "btcaddress", "ethaddress", "ethereumaddress",
    ]),
    // Words and abbreviations of other things as well.
    Family(Kind::NationalId, How::Digits(6), &["=adt", "=ci", "=nn", "=certno"]),
    Family(Kind::NationalId, How::Digits(8), &["=dui", "=cui", "=ird", "=ni"]),
    Family(Kind::NationalId, How::Digits(9), &["=dpi", "=nit", "=pis", "=tz"]),
    Family(Kind::NationalId, How::Digits(10), &["=nid", "=ipn", "=nrn"]),
    Family(Kind::NationalId, How::Digits(11), &["=document", "=documento"]),
    Family(Kind::NationalId, How::Digits(13), &["=rrn", "=said"]),
    Family(Kind::Phone, How::Digits(9), &["=partya", "=partyb"]),
    Family(Kind::Phone, How::Digits(7), &["=ph", "=cel", "=mob", "=hp", "=sdt"]),
    Family(Kind::Bank, How::Digits(12), &["=cbu", "=cvu"]),
    Family(Kind::Bank, How::Digits(9), &["=routing"]),
    Family(Kind::Name, How::Capital, &["titular", "signedby", "signedforby", "typedname"]),
    Family(Kind::Name, How::Handle, &["login", "gamertag", "gamername", "ingamename", "playername", "summonername", "discordtag", "battletag", "mention", "mentioneduser", "netid", "uniqname", "samaccountname", "userlogin"]),
    Family(Kind::Name, How::Account, &["=usuario", "=utente", "=utilisateur", "=benutzer", "=gebruiker", "=acct", "actoruser", "=instagram", "=twitter", "=tiktok", "=snapchat", "instagramid", "identifiant", "kennung", "loginid"]),
    Family(Kind::Name, How::Person, &["toname", "fromname", "=profilename",
]),
    // Opens an interface where it is one: `"key":"hb_live_…"`.
    Family(Kind::ApiKey, How::Mixed, &["=key"]),
    Family(Kind::Name, How::Account, &["createdby", "updatedby", "changedby", "generatedby", "modifiedby", "submittedby", "requestedby", "approvedby", "uploadedby", "editedby", "reviewedby", "openedby", "closedby", "reportedbyuser"]),
    Family(Kind::Name, How::Capital, &["doorbell", "doorbellname", "nameonbell", "bellname"]),
    Family(Kind::Phone, How::Digits(8), &["=sms", "=callback", "targetnumber", "rechargenumber", "topupnumber"]),
    // Of a telephone and of what is in it.
    Family(Kind::Phone, How::Leaves, &["imei", "imsi", "iccid"]),
    // Of a car.
    Family(Kind::DriverLicense, How::Whole, &[
        "=plate", "licenseplate", "licenceplate", "numberplate", "platenumber", "plateno", "registrationplate", "vehicleplate", "carplate", "vehicleregistrationplate",
        "licenseplatenumber", "licenceplatenumber", "vehicleregistration", "vehicleregistrationnumber", "kfzkennzeichen", "autokennzeichen", "plaqueimmatriculation", "numeroimmatriculation", "kenteken", "targaveicolo", "nummerplade", "placavehiculo",
    ]),
    Family(Kind::NationalId, How::Digits(6), &["=mrn", "uhid", "medicalrecordnumber", "patientmrn", "medicalrecordno", "iddocument", "identitydocument"]),
    Family(Kind::Secret, How::Link, &[
        "cancelurl", "cancellink", "cancellationurl", "cancellationlink", "signingurl", "signinglink", "signatureurl", "signaturelink", "magiclink", "magicurl",
        "reseturl", "resetlink", "passwordreseturl", "passwordresetlink", "confirmurl", "confirmlink", "confirmationurl", "confirmationlink", "verifyurl",
        "verifylink", "verificationurl", "verificationlink", "activationurl", "activationlink", "inviteurl", "invitelink", "invitationurl", "invitationlink",
        "accepturl", "acceptlink", "unsubscribeurl", "unsubscribelink", "rescheduleurl", "reschedulelink", "loginlink", "signinlink", "onboardingurl",
        "onboardinglink", "boardingpassurl", "optouturl", "optoutlink", "receipturl", "hostedinvoiceurl", "invoicepdf", "portallink", "portalurl", "hostedverificationurl",
    ]),
    Family(Kind::Secret, How::Token, &["authcode", "=refresh", "=access", "=confirm", "=t", "=tok", "=invite", "=invitation", "registrationid", "fcmregistrationid", "oauthstate"]),
    Family(Kind::Password, How::Whole, &["smsotp", "emailotp", "otpsms", "loginotp", "kodblik", "blikcode", "codeblik", "codigoporta", "codigodaporta", "codeporte", "codiceporta", "tuercode", "turcode", "codigopuerta", "secqanswer", "secretqanswer", "securityqanswer", "setupcode", "pairingcode"]),
    Family(Kind::BirthDate, How::Leaves, &["born", "bornon",
]),
    Family(Kind::Geo, How::Decimal, &["=long", "breite", "laenge", "szerokosc", "dlugosc", "zemepisnasirka", "zemepisnadelka", "szelesseg", "hosszusag"]),
    Family(Kind::Secret, How::Token, &["sig"]),
    Family(Kind::Secret, How::Strings, &["tokens"]),
    // `device_code` is a grant (RFC 8628) and a kind of device.
    Family(Kind::Secret, How::Token, &[
        "=ticket", "sessid", "=code", "devicecode", "jeton", "jetonacces", "sessionstate", "paymentmethodnonce", "cardnonce", "paymentnonce", "steamticket", "kerberosticket", "casticket",
        "logonticket", "=tk", "=tkn", "=jws", "=bearer", "grantcode", "usercode", "activationcode", "=zak", "=sas", "spnego", "p256dh", "pdh", "vapidprivate", "devkey",
        "sessioninfo", "adminsession", "usersession", "authsession", "loginsession", "xsession", "paymentsessionid", "=sign", "signedpayload", "bearerauth", "receiptdata", "connstr",
    ]),
    // `{"pass":12,"fail":0}` counts tests; only text there is a password.
    Family(Kind::Password, How::Strings, &["pass", "=pw",
]),
];

/// Field names in other scripts, whole and in lower case.
#[rustfmt::skip]
const OTHER_SCRIPTS: &[(Kind, How, &[&str])] = &[
    (Kind::Name, How::Leaves, &[
        "имя", "фамилия", "отчество", "фио", "полное имя", "ім'я", "прізвище", "име", "氏名", "名前", "お名前", "姓名", "姓", "名", "名字", "收货人", "收件人", "联系人", "お届け先名", "届け先名", "受取人", "고객명", "수령인", "ім_я", "трите имена", "наименованиеполное", "получатель", "이름",
        "성명", "성", "الاسم", "اسم", "الاسم الكامل", "όνομα", "επώνυμο", "ονοματεπώνυμο", "नाम", "पूरा नाम", "ชื่อ", "שם", "שם מלא",
    ]),
    (Kind::Email, How::Leaves, &[
        "почта", "эл. почта", "электронная почта", "емейл", "имейл", "邮箱", "电子邮件", "電子郵件", "メール", "メールアドレス", "이메일", "البريد", "البريد الإلكتروني",
        "ηλεκτρονική διεύθυνση", "ईमेल", "อีเมล", "דואל",
    ]),
    (Kind::Phone, How::Leaves, &[
        "телефон", "мобильный", "мобильный телефон", "номер телефона", "电话", "手机", "手机号", "手机号码", "電話", "電話番号", "携帯", "携帯電話", "전화번호",
        "휴대폰", "هاتف", "الهاتف", "رقم الهاتف", "τηλέφωνο", "κινητό", "फ़ोन", "फोन", "मोबाइल", "โทรศัพท์", "טלפון",
    ]),
    (Kind::Address, How::Leaves, &[
        "城市", "市区町村", "都道府県", "시군구", "시도", "адрес", "улица", "город", "индекс", "місто", "град", "пощенски код", "населено място", "вулиця", "індекс", "地址", "住址", "住所", "郵便番号", "邮编", "주소", "우편번호", "العنوان", "διεύθυνση", "पता", "ที่อยู่", "כתובת",
    ]),
    (Kind::Password, How::Whole, &["пароль", "парола", "密码", "密碼", "パスワード", "비밀번호", "كلمة المرور", "κωδικός", "पासवर्ड", "รหัสผ่าน", "סיסמה"]),
    (Kind::BirthDate, How::Leaves, &["дата рождения", "出生日期", "生日", "生年月日", "생년월일", "تاريخ الميلاد", "ημερομηνία γέννησης", "जन्म तिथि"]),
    (Kind::Passport, How::Whole, &["паспорт", "номер паспорта", "护照", "护照号", "旅券番号", "パスポート番号", "여권번호"]),
    (Kind::NationalId, How::Whole, &["инн", "снилс", "身份证", "身份证号", "マイナンバー", "주민등록번호", "आधार"]),
    (Kind::Card, How::Whole, &["有效期", "有効期限", "유효기간", "срок действия", "номер карты", "卡号", "银行卡号", "カード番号", "카드번호"]),
];

/// Names that end in a sensitive word and are about something else. Longer phrases win, so these need no order.
#[rustfmt::skip]
const HARMLESS: &[&str] = &[
    "fiscalsignature", "walletpass", "billingnumber", "devaddr", "lasttransactionkey", "tipocuentabeneficiario", "tipocuentaordenante", "uniqueemailid", "jobprofilename", "jobname", "positionname", "codicedestinatario", "ordername", "secretversion", "secretname", "secretid",
    "publickey", "pagetoken", "starttoken", "batchtoken", "locktoken", "creationtoken", "skiptoken", "cursortoken", "changetoken", "idempotencytoken", "resumetoken", "scrolltoken", "aftertoken", "deltatoken", "watchtoken", "tokencount", "numtokens", "tokenlimit", "tokenbudget", "nameprefix", "namesuffix", "nextpagetoken", "nexttoken", "continuationtoken", "paginationtoken", "prevpagetoken",
    "synctoken", "canceltoken", "cancellationtoken", "maxtokens", "maxtoken", "tokentype",
    "prompttokens", "completiontokens", "totaltokens", "inputtokens", "outputtokens", "cachedtokens",
    "reasoningtokens", "usedtokens",
    "secchuamobile", "ismobile", "hasmobile", "usemobile", "memoryaddress", "baseaddress", "contractaddress",
    "isocode", "productname", "filename", "hostname",
    "palabraclave", "boardingpass", "seasonpass", "skipass", "daypass", "buspass", "testpass", "firstpass", "secondpass",
    "multipass", "onepass", "bypass", "renderpass", "buildpass", "localpass", "lastpass",
    "snailmail", "pins", "passes", "methodsignature", "functionsignature", "signaturealgorithm", "requiresauth",
    "requireauth", "needsauth", "isauth", "hasauth", "skipauth", "noauth",
    "acceptcookie", "cookieconsent", "hascookie", "usecookie", "enablecookie", "allowcredential",
    "accesscontrolallowcredential", "withcredential", "forgotpassword", "resetpassword", "changepassword",
    "haspassword",
    "fine", "shippingline", "deliveryline", "orderline", "sendemail", "hasemail", "hasphone", "isemail", "acceptemail", "allowemail", "requireemail", "useragent", "echotoken", "replyto", "inreplyto", "lastlogin", "firstlogin", "autologin", "sociallogin", "cells", "bankaccountid", "friendlyname", "devicename",
];

/// Words that may follow the deciding ones without changing what the value is.
#[rustfmt::skip]
const QUALIFIERS: &[&str] = &[
    "value", "values", "text", "string", "str", "raw", "field", "input", "param", "header", "line", "confirm",
    "confirmation", "again", "repeat", "retype", "verify", "new", "old", "current", "previous", "prev", "hash",
    "hashed", "encrypted",
    "plain", "plaintext", "clear", "original", "normalized", "normalised", "canonical", "lower", "lowercase",
    "formatted", "masked", "primary", "secondary", "alt", "alternate", "alternative", "home", "work", "office",
    "main", "temp", "encoded", "base", "res", "dom", "cli", "tit", "contato", "cliente", "perso", "titulaire", "prive", "privat", "personale", "detail",
    "full", "digits", "last", "first", "one", "two", "private", "personal", "business", "emergency", "en", "ar", "ru", "kana", "kanji", "latin", "uae",
    "scelta", "choisi", "elegida", "gewaehlt", "gewahlt", "gekozen", "escolhida", "wybrane", "wiederholen", "wiederholung", "wdh", "bestaetigen", "bestaetigung", "bestatigen", "repeter", "confirmer", "confirmacion", "confirmar", "repetir",
    "conferma", "ripeti", "herhaal", "bevestig", "powtorz", "potwierdz",
];

/// Words for the object around a name.
#[rustfmt::skip]
const ROLES: &[(Role, &[&str])] = &[
    (Role::PERSON, &[
        "medecin", "traitant", "arzt", "hausarzt", "medico", "doktor", "lekarz", "lakare", "orvos", "cnee", "sacado", "pagador", "devedor", "alunno", "pelanggan", "pelati", "klient", "zakaznik", "kupac", "musteri",
        "user", "customer", "person", "people", "contact", "patient", "passenger", "traveler", "traveller", "guest",
        "employee", "owner", "holder", "cardholder", "accountholder", "recipient", "sender", "buyer", "payer",
        "payee", "beneficiary", "shopper", "subscriber", "customerref", "employeeref", "receiver", "userdata", "grantee", "testtaker", "examinee", "nextofkin",
        "member", "student", "applicant", "profile", "driver", "identity", "individual", "candidate", "lead",
        "participant", "attendee", "spouse", "insured", "resident", "donor", "reviewer", "signer", "borrower",
        "father", "mother", "guardian", "son", "daughter", "brother", "sister", "husband", "wife", 
        "kin", "heir", "nominee", "dependent", "dependant", "caregiver", "carer", "caretaker", "nanny",
        "rider", "consignee", "consignor", "addressee", "remitter", "filer", "taxpayer", "voter", "citizen", "lessee",
        "landlord", "lessor", "occupant", "homeowner", "policyholder", "claimant", "debtor", "creditor", "cosigner", "coborrower", "coapplicant",
        "guarantor", "signatory", "notary", "attorney", "lawyer", "physician", "doctor", "nurse", "clinician", "dentist",
        "therapist", "pupil", "teacher", "tutor", "instructor", "staffmember", "referee", "approver",
        "supervisor", "assignee", "requester", "requestor", "respondent", "defendant", "plaintiff", "victim", "suspect", "visitor", "callee", "pax", "registrant", "enrollee", "volunteer", "contestant", "purchaser", "vendorcontact",
        "emergencycontact", "accountowner", "cardowner", "donator", "subscriberinfo", "travelerinfo", "passengerinfo", "patientinfo",
        "ansprechpartner", "empfaenger", "absender", "antragsteller", "patientin", "kundin", "klant", "klient", "cliente", "paciente", "paziente",
        "conyuge", "conjoint", "destinataire", "expediteur", "destinatario", "remitente", "mittente", "beneficiario", "devedor", "pagador",
        "nadawca", "odbiorca", "mottagare", "mottaker", "modtager", "ontvanger", "vastaanottaja", "prijemce", "cimzett", "alici", "gonderen", "asigurat",
        "foresatt", "licencie", "comparant", "assure", "beneficiaire", "titulaire", "titular", "intestatario", "inhaber", "kontoinhaber",
        "versicherungsnehmer", "mieter", "alumno", "aluno", "alunno", "eleve", "pusher", "committer", "commenter", "invitee", "inviter", "trait", "visitante", "visiteur", "besucher", "visitatore", "bezoeker", "huurder", "inquilino", "locataire", "vermieter", "proprietario", "proprietaire", "wlasciciel", "eigentuemer", "eigenaar", "follower", "uploader", "landlordreference", "personalreference",
        "kontakt", "kunde", "benutzer", "utilisateur", "usuario", "customerinfo", "userinfo",
        "personaldetail", "personalinfo", "customerdetail", "contactdetail", "contactinfo",
    ]),
    (Role::PERSON.and(Role::ADDRESS), &[
        "billing", "shipping", "delivery", "billingdetail", "shippingdetail", "billingaddress", "shippingaddress",
        "deliveryaddress", "billinginfo", "shippinginfo", "deliveryinfo", "billto", "shipto", "rechnungsadresse", "lieferadresse",
    ]),
    (Role::ADDRESS, &[
        "address", "homeaddress", "mailingaddress", "postaladdress", "adresse", "anschrift", "direccion",
        "indirizzo", "endereco", "addr", "residence", "geolocation", "geoip", "ipgeo", "iplocation",
    ]),
    (Role::CARD, &["card", "creditcard", "debitcard", "paymentcard", "cc", "karte", "tarjeta"]),
    (Role::BANK, &[
        "bank", "bankaccount", "bankdetail", "directdebit", "sepa", "ach", "konto", "sepadebit", "usbankaccount",
    ]),
    (Role::NAME, &["name", "nam", "fullname", "displayname", "personname", "realname", "legalname"]),
    (Role::MESSAGES, &[
        "error", "fielderror", "validationerror", "formerror", "validation", "violation", "label", "placeholder",
        "translation", "schema", "i18n", "hint", "helptext", "warning", "touched",
    ]),
    (Role::PAIRS, &["rawheader", "rawtrailer", "headerpair", "headerlist", "rawhttpheader"]),
];

/// Names that are personal only in an object, or after a word, of that role.
#[rustfmt::skip]
const IN_ROLE: &[(Role, Kind, How, &[&str])] = &[
    (Role::PERSON, Kind::Name, How::Leaves, &[
        "name", "first", "last", "middle", "given", "family", "nick", "nombre", "nom", "nome", "naam", "handle",
        "initials", "fn", "ln", "gn", "who", "nazwa", "nazev", "navn", "nimi", "nume",
    ]),
    (Role::NAME, Kind::Name, How::Leaves, &[
        "first", "last", "middle", "given", "family", "full", "prefix", "suffix", "maiden", "formatted", "text", "fn", "gn", "sn", "fore", "sur", "short",
    ]),
    (Role::PERSON, Kind::NationalId, How::Whole, &["idnumber", "idno", "identification"]),
    // Meta's conversions and their like: `user_data`.
    (Role::PERSON, Kind::Email, How::Leaves, &["em"]),
    (Role::PERSON, Kind::Phone, How::Leaves, &["ph"]),
    (Role::PERSON, Kind::Address, How::Leaves, &["zp", "ct"]),
    (Role::ADDRESS, Kind::Address, How::Leaves, &[
        "city", "cityname", "town", "townname", "state", "province", "adminarea", "region", "county", "line", "street", "zip", "code", "district",
        "suburb", "locality", "neighborhood", "neighbourhood", "municipality", "apartment", "apt", "unit", "suite",
        "building", "house", "floor",
        "ort", "stadt", "postort", "poststed", "localidade", "localidad", "comuna", "commune", "miejscowosc", "mesto", "sehir", "comune", "localita", "poblacion", "municipio", "gemeinde", "kommune", "plaats", "bundesland", "ciudad", "provincia", "ville", "cidade", "estado", "bairro", "citta", "stad",
        "number", "fulladdress", "formatted",
    ]),
    (Role::CARD, Kind::Card, How::Whole, &[
        "number", "num", "no", "pan", "exp", "expire", "expiry", "expiration", "expires", "expiredate", "expirydate", "expirationdate",
        "cvv", "cvc", "cvv2", "cv", "code", "month", "year", "gueltigbis", "gultigbis", "validuntil", "validthru", "vencimiento", "caducidad", "scadenza", "validade",
    ]),
    (Role::PERSON.and(Role::ADDRESS), Kind::Address, How::Leaves, &["rue", "cep", "cp", "cap", "psc"]),
    (Role::CARD, Kind::Name, How::Leaves, &["name", "holder", "owner"]),
    (Role::BANK, Kind::Bank, How::Whole, &["number", "account", "routing", "code", "sort", "accountid", "aba"]),
    (Role::BANK, Kind::Name, How::Leaves, &["holder", "owner"]),
];

/// Names that say something about a person once a sibling does, by the role that sibling gives their object.
#[rustfmt::skip]
const LATENT: &[(Role, Kind, How, &[&str])] = &[
    (Role::PERSON, Kind::Name, How::Leaves, &["fore", "sur", "sname", "nick", "tendem", "familya", "chue", "jina", "vnamc", "namev", "nachn", "vorna", "ename", "familia", "ho", "ten", "kana", "xing", "ming", "name", "holder", "nombre", "nom", "nome", "naam", "subjectname", "parentname", "childname", "partnername",
        "managername", "consumername", "ptname", "isim", "navn", "namn", "nume", "ad", "adi", "imie", "jmeno", "meno", "nimi", "ime", "nama", "sn", "gn", "fn", "ln", "sellername", "vendorname", "couriername", "workername", "accountname", "aliasname", "localname", "knownas", "first", "last", "family", "given", "cn", "sei", "mei", "nomeproprio", "formattedname", "printname"]),
    // `{"ip":"…","city":"Tucson"}`: where somebody is.
    (Role::PERSON.and(Role::ADDRESS).and(Role::SOMEONE), Kind::Address, How::Leaves, &["city"]),
    (Role::PERSON.and(Role::ADDRESS), Kind::Address, How::Leaves, &["cityname", "cidade", "ciudad", "ville", "miasto", "citta", "town", "locality", "suburb", "postort", "poststed", "localidade", "localidad", "paikkakunta", "postitoimipaikka", "miejscowosc", "mesto", "varos", "oras", "sehir", "localita", "poblacion", "municipio", "kommune", "comune", "citynm", "misto", "gorod", "telepules", "str", "ort", "stadt", "stad", "plaats", "gemeinde", "concelho", "freguesia",
        "rua", "rue", "via", "voie", "cap", "cep", "cp"]),
    (Role::ADDRESS, Kind::Address, How::Leaves, &[
                "comuna", "commune", "oras",
        "ilce", "grad", "kommune",
    ]),
    (Role::ADDRESS, Kind::Address, How::Leaves, &[
        "building", "buildingname", "buildingnumber", "buildingno", "bldg", "bldgname", "bldgnb", "apartment", "apt", "unit", "flat", "suite", "floorunit", "landmark", "sublocality",
        "neighbourhood", "neighborhood", "barrio", "colonia", "municipality", "kunta", "obec", "gmina", "powiat", "wojewodztwo", "voivodeship", "provincia", "province", "prefecture",
        "district", "county", "hnr", "zusatz", "localite", "domicile", "piso", "puerta", "civico", "complemento", "toevoeging", "vej", "by", "gata", "katu", "utca",
        "judet", "mjesto", "naslov", "posta", "il", "odos", "arithmos", "poli", "sheng", "shi", "qu", "phuong", "quan", "huyen", "tinh", "kecamatan", "kota", "kabupaten", "provinsi",
        "jalan", "bandar", "negeri", "ctrysubdvsn", "countrysubentity", "thoroughfare", "thoroughfarename", "subpremise", "deliverypoint", "stras", "adminarea", "dist",
        "block", "xmun", "nro", "numero", "nummer", "number", "add", "area", "streetnumber", "number", "taluk", "tehsil", "mandal", "subdistrict", "ward", "parish", "canton", "kanton",
    ]),
    (Role::PERSON, Kind::Name, How::Leaves, &["payer", "payee", "beneficiary", "remitter", "author", "autor", "auteur", "autore", "autora", "verfasser", "afzender", "commenter", "display"]),
    (Role::PERSON.and(Role::SOMEONE), Kind::Name, How::Handle, &["handle", "user", "usuario", "utente", "utilisateur", "benutzer", "gebruiker", "reviewer", "poster"]),
    (Role::ADDRESS, Kind::Address, How::Leaves, &["road", "roadname", "lane", "addressroad"]),
    (Role::ADDRESS, Kind::Address, How::Leaves, &["kod"]),
    // Beside a street whoever gets something lives there, whatever the name.
    (Role::ADDRESS, Kind::Name, How::Leaves, &["recipient", "consignee", "addressee", "deliverto", "shipto"]),
    (Role::CARD, Kind::Card, How::Whole, &["scad", "ablauf", "verval", "cid", "cvd", "cryptogram", "codigoverificacion", "pruefziffer", "seriescode", "cv", "cvx", "ed", "skt", "sonkullanma", "masaberlaku", "geldigtot", "validnost", "exp", "expire", "expiry", "expiration", "expires", "expiredate", "expirydate", "expirationdate", "dateexpiration", "fechacaducidad",
        "fechaexpiracion", "fechavencimiento", "caducidad", "lejarat", "scadenza", "validade", "vencimento", "validthrough", "validuntil", "mmyy", "expmmyy", "expirymmyy", "expiresoncard", "validuntilcard", "vencimiento", "validite", "gueltigkeit", "gultigkeit", "waznosc", "datascadenza", "datavalidade", "vervaldatum", "ablaufdatum", "gueltigbis", "validthru", "pruefziffer", "prufziffer", "valid"]),
    (Role::PERSON.and(Role::ADDRESS), Kind::Address, How::Leaves, &["line", "adr", "pcode",
]),
    (Role::BANK, Kind::Bank, How::Leaves, &["account", "konto", "cuenta", "conto", "conta", "compte", "rachunek", "rekening", "ucet", "agencia", "secondaryidentification"]),
    (Role::PERSON, Kind::NationalId, How::Whole, &["idnumber", "idno", "idnum", "docnumber", "docno", "documentnumber"]),
];

/// Parts of addresses that are parts of much else behind another word: `employee_number`.
#[rustfmt::skip]
const PARTS: &[&[u8]] = &[b"number", b"numero", b"nummer", b"nro", b"by", b"gate", b"il", b"unit", b"block", b"area", b"add", b"dist", b"ward", b"shi", b"qu", b"poli", b"district", b"building", b"province", b"county"];

/// What a replaced value of `kind` says about the object it stood in.
pub(super) const fn role_by(kind: Kind) -> Role {
    match kind {
        Kind::Card => Role::CARD.and(Role::PERSON),
        Kind::Address => Role::ADDRESS.and(Role::PERSON),
        Kind::Iban | Kind::Bank => Role::BANK.and(Role::PERSON),
        Kind::Email
        | Kind::Phone
        | Kind::BirthDate
        | Kind::Name
        | Kind::Ssn
        | Kind::Itin
        | Kind::Nino
        | Kind::Nhs
        | Kind::DriverLicense
        | Kind::Passport => Role::PERSON,
        // Whoever sat at the machine, or came in.
        Kind::Ip | Kind::Password => Role::SOMEONE,
        _ => Role::NONE,
    }
}

/// What patterns a name rules out, by its last word.
#[rustfmt::skip]
const HINTS: &[(Hint, &[&str])] = &[
    (Hint::Identifier, &[
        "id", "ids", "uuid", "guid", "ulid", "ref", "reference", "order", "invoice", "tracking", "transaction", "messageid", "mid", "malo", "melo", "sku", "etag",
        "hash", "sha", "md", "digest", "checksum", "trace", "traceparent", "tracestate", "span", "nonce", "cursor",
        "serial", "traceno", "tracenumber", "ean", "upc", "gtin", "isbn", "asin",
        "ordernumber", "orderno", "invoicenumber", "invoiceno", "trackingnumber", "trackingno", "serialnumber",
        "receiptno", "receiptnumber", "receipt", "serialno", "partnumber", "itemnumber", "productnumber", "ticketnumber", "referencenumber", "referenceno",
        "confirmationnumber", "batchnumber", "casenumber", "modelnumber",
        "itemcode", "articleno", "articlenumber", "articlecode", "artikelnummer", "artikelnr", "artnr", "mpn", "productcode", "variantcode", "stockcode", "partno", "materialnumber",
        "codigoarticulo", "codearticle", "codicearticolo", "kodproduktu", "artikelcode", "lotnumber", "purchaseordernumber", "ponumber", "transactionnumber", "shipmentnumber", "customernumber",
        "numeropedido", "numerodepedido", "pedido", "numerocommande", "numerodecommande", "commande", "bestellnummer", "bestellung",
        "bestelnummer", "numeroordine", "ordine", "numerofactura", "factura", "facture", "rechnungsnummer", "rechnung",
        "auftragsnummer", "numerofattura", "snowflake", "membernumber", "bookingnumber", "flightnumber", "barcode", "timestamp", "ts", "time", "date", "at",
        "created", "updated", "modified", "expires", "expiry", "since", "until",
        "index", "offset", "sequence", "seq", "count", "size", "length", "price", "amount", "total", "subtotal",
        "tax", "quantity", "qty", "slug", "ndc", "nextpagetoken", "ifnonematch", "fingerprint",
    ]),
    (Hint::Version, &[
        "version", "ver", "useragent", "ua", "build", "revision", "release", "secchua", "fullversionlist",
        "disttag", "firmware", "platformversion", "appversion", "sdk", "fw", "fwver", "swver", "hwver", "deps", "dep", "dependency", "vers", "versao", "versione", "versie", "wersja", "verze",
    ]),
];

/// Members that name a sibling's value, and the siblings they name.
#[rustfmt::skip]
const NAMERS: &[&str] = &[
    "tipo", "typ", "kind", "sel", "selector", "inputname", "elementid", "attributecode", "attrcd", "attrcode", "attrname", "attrkey", "fieldcode", "fieldcd", "propname", "propertyname", "qid", "q", "questionid", "questionkey", "headercell", "friendlyname",
    "documenttype", "doctype", "idtype", "identificationtype", "identitytype", "idtypecode", "iddoctype", "schemename", "tipodocumento", "tipodoc", "identifiertype", "typeofid",
    "name",
    "key",
    "header",
    "headername",
    "field",
    "fieldname",
    "propertyname",
    "nimi",
    "campo",
    "feld",
    "champ",
    "veld",
    "param",
    "parameter",
    "attribute",
    "property",
    "type",
    "label",
    "id",
    "system",
    "question",
    "k",
    "path",
    // In other languages: a field, a question, a title.
    "nombre", "nom", "nome", "naam", "nazwa", "kentta", "kysymys", "pole", "pytanie", "vraag", "frage", "pergunta", "pregunta", "domanda", "fraga",
    "sporsmal", "sporgsmal", "otazka", "soru", "intitule", "libelle", "etiqueta", "etichetta", "bezeichnung", "feldname", "title", "titulo", "item",
    "attr", "col", "column", "columnid", "columnname", "fieldkey", "parametername", "variablename", "variable", "code", "fieldid", "fieldlabel", "questiontext", "linkid", "display", "slug", "tablabel",
];
#[rustfmt::skip]
const NAMED: &[&str] = &[
    "numero", "nummer", "documentnumber", "rejected", "invalid", "provided", "given", "got", "submitted", "attempted", "a", "vals", "uniqueidentifier", "docnumber", "docno", "identification", "idvalue", "attrval", "attrvalue", "fieldval", "propvalue", "valuedate", "valuedecimal",
    "value", "val", "v", "content", "values", "text", "data", "answer", "input", "number", "stringvalue", "rawvalue",
    // Lists of changes: `{"field":"email","old":"…","new":"…"}`.
    "propertyvalue", "arvo", "valor", "valeur", "wert", "waarde",
    "old", "new", "before", "after", "oldvalue", "newvalue", "valuestring", "was", "previous", "actual", "received",
    "answertext", "answervalue", "textvalue", "valuetext", "responsetext", "responsevalue", "currentvalue", "fieldvalue", "attributevalue", "headervalue",
    "paramvalue", "userinput", "antwort", "antwoord", "reponse", "respuesta", "resposta", "risposta", "svar", "vastaus", "odpowiedz", "odpoved", "cevap",
    "contenido", "inhalt", "contenu", "eingabe", "tresc", "hodnota", "vrednost", "ertek", "deger", "nilai", "verdi", "varde", "vaerdi", "wartosc",
];

/// Members that live inside an address, an e-mail object and the like.
const SPARED: &[&str] = &[
    "country",
    "countrycode",
    "type",
    "kind",
    "id",
    "label",
    "isdefault",
    "primary",
    "verified",
    "status",
    "createdat",
    "updatedat",
    "years",
    "months",
    "distkm",
    "distance",
    "radius",
    "radiusm",
    "carrier",
    "provider",
    "object",
    "currency",
    "method",
    "use",
    "domain",
    "typename",
    "land",
    "format",
    "crs",
    "accuracy",
    "accuracym",
    "accuracymeters",
    "horizontalaccuracy",
    "precision",
    "hdop",
    "vdop",
    "pdop",
    "satellites",
    "heading",
    "bearing",
    "speed",
    "source",
    "addresstype",
    "authorisationtype",
    "authorizationtype",
    "documenttype",
    "countryid",
    "countryiso",
    "currencycode",
    "scheme",
    "schemename",
    "brand",
    "network",
    "funding",
    "methodid",
    "uf",
    "issuecountry",
    "issuingcountry",
    "issued",
    "metadata",
    "links",
    "bankname",
    "issuingbank",
    "bindata",
    "description",
    "monthsat",
    "yearsat",
    "algorithm",
    "timestamp",
    "valid",
    "validfrom",
    "issuedat",
    "issuedon",
    "issuedate",
    "dateofissue",
    "issuer",
    "expiresat",
    "expiresin",
    "scope",
    "scopes",
    "tokentype",
    "granttype",
    "role",
    "roles",
    "permissions",
    "strategy",
    "realm",
    "mode",
    "createdon",
    "lastused",
    "lastusedat",
    "countryofissue",
    "template",
    "subject",
    "messageid",
    "attributecode",
    "purpose",
    "category",
    "addresscategory",
    "channel",
    "index",
    "vr",
    "lastupdated",
    "lastmodified",
    "classification",
    "title",
    "salutation",
    "company",
    "companyname",
    "organization",
    "organisation",
    "warehouse",
    "facility",
    "businessname",
    "companyid",
    "itemid",
    "appid",
    "accountid",
    "callertype",
    "phonetype",
    "linetype",
    "numbertype",
    "emailtype",
    "avsresult",
    "cvvresult",
    "cvcresult",
    "avsresultcode",
    "cvvresultcode",
    "avscode",
    "cardtype",
    "question",
    "isprimary",
    "ispreferred",
    "updatedatms",
    "createdatms",
    "timestampms",
    "updatedms",
    "ts",
    "countryname",
    "shippingcountry",
    "billingcountry",
    "pais",
    "pays",
    "paese",
    "kraj",
    "userid",
    "deliverywindow",
    "deliveryslot",
    "timewindow",
    "timeslot",
    "validuntil",
    "issuedby",
    "issuingauthority",
    "expireson",
    "expirydate",
    "dateofexpiry",
    "region",
    "awsregion",
    "sessionname",
    "expiration",
];

/// The ends of calls and messages.
#[rustfmt::skip]
const PARTIES: &[&str] = &[
    "from", "to", "anumber", "bnumber", "sender", "recipient", "caller", "callee", "called", "calling", "originator", "destination", "dest", "participant", "contact",
];

/// Where something or somebody is, of which an address or a pair of coordinates is told.
#[rustfmt::skip]
const PLACES: &[&str] = &[
    "location", "position", "point", "place", "near", "nearby", "origin", "destination", "pickup", "dropoff", "from", "to", "start", "end", "center",
    "centre", "loc", "ll", "whereabouts", "ubicacion", "posicion", "standort", "posizione", "localisation", "localizacao", "locatie", "waypoint", "checkin",
    "home", "fix", "pos", "track", "trackpoint", "ping", "breadcrumb", "lastseen", "shipto", "deliverto", "billto", "residence", "residenza", "residencia", "dropat", "deliveryto", "site", "premises", "currentlocation", "stop", "dropofflocation",
    "pickuplocation", "venue", "foyer", "livraison", "whereto", "lastlocation", "q", "query", "daddr", "saddr", "sll", "viewpoint", "userlocation", "lastknownlocation", "knownlocation", "line", "formatted", "formattedaddress",
];

/// Text that people write, where a name says nothing about what it holds. All other names are a [`Hint::Field`].
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    "text", "message", "msg", "comment", "note", "body", "content", "description", "subject", "log", "query", "q", "input",
    "value", "data", "detail", "reason", "summary", "remark", "feedback", "answer", "question", "prompt", "caption", "bio",
    "about", "raw", "payload", "sentence", "line", "stack", "error", "output", "string", "str", "sample", "example",
];

/// Endings glued to a word before them, all in lower case: `useremail`, `newpassword`.
const GLUED: &[(&str, Kind, How)] = &[
    ("token", Kind::Secret, How::Whole),
    ("password", Kind::Password, How::Whole),
    ("passwd", Kind::Password, How::Whole),
    ("passwort", Kind::Password, How::Whole),
    ("email", Kind::Email, How::Leaves),
    ("emailaddress", Kind::Email, How::Leaves),
    ("phonenumber", Kind::Phone, How::Leaves),
    ("firstname", Kind::Name, How::Leaves),
    ("username", Kind::Name, How::Leaves),
    ("givenname", Kind::Name, How::Leaves),
    ("familyname", Kind::Name, How::Leaves),
    ("resettoken", Kind::Secret, How::Whole),
    ("authtoken", Kind::Secret, How::Whole),
    ("latitude", Kind::Geo, How::Leaves),
    ("longitude", Kind::Geo, How::Leaves),
    ("sortcode", Kind::Bank, How::Whole),
    ("apellidos", Kind::Name, How::Leaves),
    ("lastname", Kind::Name, How::Leaves),
    ("fullname", Kind::Name, How::Leaves),
    ("surname", Kind::Name, How::Leaves),
    ("apikey", Kind::ApiKey, How::Whole),
    ("accesstoken", Kind::Secret, How::Whole),
    ("refreshtoken", Kind::Secret, How::Whole),
    ("clientsecret", Kind::Secret, How::Whole),
    ("ipaddress", Kind::Ip, How::Leaves),
    ("cardnumber", Kind::Card, How::Whole),
    ("accountnumber", Kind::Bank, How::Whole),
    ("dateofbirth", Kind::BirthDate, How::Leaves),
    ("postcode", Kind::Address, How::Leaves),
    ("zipcode", Kind::Address, How::Leaves),
];

/// Eight bytes at a time, each folded in by a multiplication: names are short and come from our own tables, so speed counts
/// and flooding does not.
#[derive(Clone, Default)]
struct NameHash(u64);

impl NameHash {
    fn fold(&mut self, word: u64) {
        // The golden ratio in 64 bits, which spreads what is close together.
        let product = u128::from(self.0 ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = (product as u64) ^ (product >> 64) as u64 ^ 0x9e37_79b9;
    }
}

impl Hasher for NameHash {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.fold(u64::from_le_bytes(*word));
        }
        // The last bytes in one piece, whatever their number: with some of those before, or some of them twice.
        let last = match (rest, bytes.last_chunk::<8>(), bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            ([], ..) => 0,
            (_, Some(word), ..) => u64::from_le_bytes(*word),
            (_, _, Some(head), Some(tail)) => {
                u64::from(u32::from_le_bytes(*head)) << 32 | u64::from(u32::from_le_bytes(*tail))
            }
            (rest, ..) => rest.iter().fold(0, |last, byte| (last << 8) | u64::from(*byte)),
        };
        self.fold(last ^ (bytes.len() as u64) << 56);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Of a text and one byte more.
pub(super) fn hash(text: &[u8], more: u8) -> u64 {
    let mut hash = NameHash(u64::from(more));
    hash.write(text);
    hash.finish()
}

#[derive(Debug, Clone, Copy, Default)]
struct Entry {
    sense: Sense,
    /// Ends the search: nothing shorter may match.
    decided: bool,
    /// The verdict holds for the whole name only.
    alone: bool,
    qualifier: bool,
    /// The last word of names of free text.
    is_text: bool,
    in_role: [Option<(Role, Verdict)>; 4],
}

/// Longest name looked at, in bytes, and most words: what is longer is judged by its end.
const MAX_NAME: usize = 96;
const MAX_WORDS: usize = 24;
/// Most words one phrase may consist of.
const MAX_PHRASE: usize = 5;

/// All names, compiled once.
pub(super) struct Names {
    table: HashMap<Box<[u8]>, Entry, BuildHasherDefault<NameHash>>,
    /// One bit for each three letters a known word can end in: most names are dismissed by it.
    endings: Box<[u64; 512]>,
    /// The same for the first three letters of the words of [`FIRST_WORDS`].
    beginnings: Box<[u64; 512]>,
    /// Names that were judged, each in the place its hash gives it; the first to come stays. The same few hundred names make
    /// up all traffic, and no lock is needed to remember them.
    judged: Box<[Place]>,
    /// For each place, the hash of the name that came by last and was dismissed.
    dismissed: Box<[AtomicU64]>,
    /// For each place, that of the name that came behind it the last time.
    behind: Box<[AtomicU16]>,
    /// Kinds that are switched off, by their place in [`Kind::ALL`].
    kept: [bool; Kind::ALL.len()],
}

/// The place of the name that was read last; at first any.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Before(usize);

/// A line of the processor's cache, so that to look a name up is to fetch one.
#[derive(Default)]
#[repr(align(64))]
struct Place(OnceLock<Judged>);

const _: () = assert!(size_of::<Place>() == 64, "a place is one line of the cache");

struct Judged {
    name: Remembered,
    role: Role,
    sense: Sense,
    /// Whether something personal may stand in the name itself.
    personal: bool,
}

/// A name, in its place if it is short.
enum Remembered {
    Short(u8, [u8; 22]),
    Long(Box<[u8]>),
}

impl Remembered {
    fn new(name: &[u8]) -> Self {
        let mut short = [0; 22];
        match (short.get_mut(..name.len()), u8::try_from(name.len())) {
            (Some(place), Ok(length)) => {
                place.copy_from_slice(name);
                Self::Short(length, short)
            }
            _ => Self::Long(name.into()),
        }
    }

    fn length(&self) -> usize {
        match self {
            Self::Short(length, _) => usize::from(*length),
            Self::Long(long) => long.len(),
        }
    }

    fn is(&self, name: &[u8]) -> bool {
        match self {
            Self::Short(length, short) => short.get(..usize::from(*length)) == Some(name),
            Self::Long(long) => **long == *name,
        }
    }
}

/// Whether something personal may stand in a name: no find in one is shorter, or has fewer digits, without one of these.
fn may_be_personal(name: &str) -> bool {
    let (holds, digits) = traits::holds(name.as_bytes());
    holds & (has::AT | has::WIDE | has::PERCENT | has::COLON) != 0
        || digits >= 7
        || (holds & has::DOT != 0 && digits >= 4)
        || name.len() >= 17
}

/// A stripped name without the number that tells it from others like it: of `[EMAIL]~2` what stands before the sign.
fn told_apart(name: &str) -> &str {
    name.rsplit_once('~')
        .filter(|(_, number)| number.bytes().all(|b| b.is_ascii_digit()))
        .map_or(name, |(name, _)| name)
}

/// `SM` and 32 hex digits.
fn is_twilios(value: &str) -> bool {
    let (mark, hex) = value.split_at_checked(2).unwrap_or_default();
    hex.len() == 32 && mark.bytes().all(|b| b.is_ascii_uppercase()) && hex.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Whether an object of this name is a place of business, whose name and address are everybody's to know.
pub(super) fn is_business(name: &str) -> bool {
    let mut lower = [0; 16];
    let Some(place) = lower.get_mut(..name.len()) else { return false };
    for (to, from) in place.iter_mut().zip(name.bytes()) {
        *to = from.to_ascii_lowercase();
    }
    let one = place.strip_suffix(b"s").unwrap_or(place);
    #[rustfmt::skip]
    let business = matches!(
        one,
        b"hotel" | b"restaurant" | b"venue" | b"store" | b"shop" | b"branch" | b"clinic" | b"pharmacy" | b"hospital" | b"school" | b"garage" | b"station"
            | b"airport" | b"warehouse" | b"depot" | b"outlet" | b"boutique" | b"dealer" | b"dealership" | b"workshop" | b"gym" | b"cinema" | b"theatre"
            | b"theater" | b"museum" | b"bakery" | b"salon" | b"university" | b"campu" | b"airline" | b"manufacturer" | b"pickup_point" | b"pickuppoint"
            | b"parcel_shop" | b"parcelshop" | b"laboratory"
    );
    business
}

/// Whether a value may be what somebody calls himself: one word, and none of those that say how one came in.
fn is_handle(value: &str) -> bool {
    const WAYS: &[&str] = &[
        "success",
        "successful",
        "succeeded",
        "failure",
        "failed",
        "denied",
        "granted",
        "password",
        "passwordless",
        "google",
        "facebook",
        "github",
        "gitlab",
        "apple",
        "microsoft",
        "twitter",
        "linkedin",
        "sso",
        "saml",
        "oidc",
        "oauth",
        "oauth2",
        "ldap",
        "email",
        "phone",
        "sms",
        "otp",
        "magic_link",
        "passkey",
        "webauthn",
        "guest",
        "anonymous",
        "admin",
        "root",
        "system",
        "local",
        "manual",
        "auto",
        "none",
        "null",
        "login",
        "signin",
        "signup",
        "register",
        "logout",
        "yes",
        "true",
        "false",
        "enabled",
        "disabled",
        "required",
        "optional",
        "pending",
        "active",
        "always",
    ];
    const PROGRAMS: &[&str] = &[
        "system",
        "cron",
        "api",
        "scheduler",
        "import",
        "importer",
        "migration",
        "webhook",
        "worker",
        "bot",
        "service",
        "svc",
        "automation",
        "sync",
        "batch",
        "job",
        "agent",
        "app",
        "server",
        "gateway",
        "queue",
        "workflow",
        "pipeline",
        "integration",
        "backend",
        "robot",
        "process",
        "daemon",
        "trigger",
    ];
    const IDS: &[&str] = &[
        "usr", "user", "u", "uid", "cus", "cust", "acc", "acct", "id", "emp", "agt", "svc", "sa", "bot", "msg", "org",
        "team", "grp", "role",
    ];
    // `@thompsonf91`
    let value = value.strip_prefix('@').unwrap_or(value);
    let is_id =
        value.split_once(['_', '-']).is_some_and(|(head, _)| IDS.iter().any(|id| head.eq_ignore_ascii_case(id)));
    !is_id
        && (3..=40).contains(&value.len())
        && value.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '#'))
        && value.bytes().filter(|b| b.is_ascii_lowercase() || *b >= 0x80).count() >= 3
        && value.bytes().filter(u8::is_ascii_digit).count() <= 5
        && !value.split(['_', '-', '.']).any(|part| PROGRAMS.iter().any(|program| part.eq_ignore_ascii_case(program)))
        && !value.bytes().take(4).all(|b| b.is_ascii_digit())
        && !WAYS.iter().any(|way| value.eq_ignore_ascii_case(way))
        && !is_uuid(value.as_bytes())
        && !(value.len() >= 20 && value.bytes().filter(u8::is_ascii_digit).count() >= 4)
}

/// The longest value that may say by itself what it is, in bytes: an address on one line.
pub(super) const LONGEST_VALUE: usize = 160;

/// About as many words and phrases as are built in.
const WORDS: usize = 7000;

/// Places for remembered names, a power of two, and the longest name remembered: together at most 1.6 MB.
const REMEMBERED: usize = 8192;
const LONGEST_REMEMBERED: usize = 64;

impl Names {
    /// The built-in names of all kinds that are not kept, and those of the rules.
    pub(super) fn new(rules: &Rules) -> Self {
        let judged = (0..REMEMBERED).map(|_| Place::default()).collect();
        let dismissed = (0..REMEMBERED).map(|_| AtomicU64::new(0)).collect();
        let mut names = Self {
            table: HashMap::with_capacity_and_hasher(WORDS, BuildHasherDefault::default()),
            endings: Box::new([0; 512]),
            beginnings: Box::new([0; 512]),
            judged,
            dismissed,
            behind: (0..REMEMBERED).map(|_| AtomicU16::new(0)).collect(),
            kept: [false; Kind::ALL.len()],
        };
        let goes = |kind: Kind| rules.action(kind) != Action::Keep;
        for (kept, kind) in names.kept.iter_mut().zip(Kind::ALL) {
            *kept = !goes(*kind);
        }
        for Family(kind, how, phrases) in FAMILIES.iter().filter(|family| goes(family.0)) {
            for phrase in *phrases {
                let entry = names.entry(phrase.trim_start_matches('='));
                entry.sense.verdict = Some(Verdict::new(*kind, *how));
                entry.alone = phrase.starts_with('=');
                entry.decided = true;
            }
        }
        for (kind, phrases) in LANGUAGES.iter().flat_map(|(_, kinds)| *kinds).filter(|(kind, _)| goes(*kind)) {
            for phrase in *phrases {
                let entry = names.entry(phrase.trim_start_matches('='));
                // What is said above of a name, with a manner of its own, stays said.
                if !entry.decided {
                    entry.sense.verdict = Some(Verdict::new(*kind, how_of(*kind)));
                    entry.alone = phrase.starts_with('=');
                    entry.decided = true;
                }
            }
        }
        for phrase in HARMLESS {
            let entry = names.entry(phrase);
            entry.sense.verdict = None;
            entry.decided = true;
        }
        for (role, words) in ROLES {
            for word in *words {
                let entry = names.entry(word);
                entry.sense.role = entry.sense.role.and(*role);
            }
        }
        for (role, kind, how, words) in IN_ROLE.iter().filter(|(_, kind, ..)| goes(*kind)) {
            for word in *words {
                let slot = names.entry(word).in_role.iter_mut().find(|slot| slot.is_none());
                if let Some(slot) = slot {
                    *slot = Some((*role, Verdict::new(*kind, *how)));
                }
            }
        }
        for (role, kind, how, words) in LATENT.iter().filter(|(_, kind, ..)| goes(*kind)) {
            for word in *words {
                names.entry(word).sense.latent = Some((*role, Verdict::new(*kind, *how)));
            }
        }
        for (hint, words) in HINTS {
            for word in *words {
                names.entry(word).sense.hint = *hint;
            }
        }
        for word in PARTIES {
            names.entry(word).sense.is_party = true;
        }
        for word in PLACES {
            names.entry(word).sense.is_place = true;
        }
        for word in TEXTS {
            names.entry(word).is_text = true;
        }
        for word in NAMERS {
            names.entry(word).sense.names_sibling = true;
        }
        for word in NAMED {
            names.entry(word).sense.named_by_sibling = true;
        }
        for word in SPARED {
            names.entry(word).sense.spared = true;
        }
        for word in QUALIFIERS {
            names.entry(word).qualifier = true;
        }
        for (short, _) in SHORT {
            names.admit(short.as_bytes(), b"");
        }
        for word in [&b"nam"[..], b"fnm", b"lnm", b"adr", b"zip", b"cty", b"phn", b"eml", b"mob"] {
            names.admit(word, b"");
        }
        for word in SOMEBODY.iter().chain(NAME_WORDS).chain(&[&b"by"[..], b"for", b"key"]) {
            names.admit(word, b"");
        }
        for word in
            FIRST_WORDS.iter().flat_map(|(_, words)| *words).chain(FIELD_PREFIXES).chain(PREFIXES).chain(&[&b"nom"[..]])
        {
            let bit = beginning(word);
            if let Some(cell) = names.beginnings.get_mut(bit >> 6) {
                *cell |= 1 << (bit & 63);
            }
        }
        // Last, so that a rule outdoes what is built in.
        for (i, rule) in rules.names.iter().enumerate() {
            let entry = names.entry(&rule.joined);
            let keeps = rule.action.unwrap_or_else(|| rules.action(rule.kind)) == Action::Keep;
            let how = if keeps { How::Keep } else { how_of(rule.kind) };
            let by = By::NameRule(u16::try_from(i).unwrap_or(u16::MAX));
            *entry = Entry { decided: true, ..Entry::default() };
            entry.sense.verdict = Some(Verdict { kind: rule.kind, how, by, action: rule.action });
        }
        names
    }

    fn entry(&mut self, phrase: &str) -> &mut Entry {
        // The plural is looked up as the singular; its ending has to pass as well.
        for ending in ["", "s", "es"] {
            self.admit(phrase.as_bytes(), ending.as_bytes());
        }
        self.table.entry(phrase.as_bytes().into()).or_default()
    }

    /// Lets names pass that end in this word, with this ending.
    fn admit(&mut self, word: &[u8], plural: &[u8]) {
        let mut allow = |bit: usize| {
            if let Some(cell) = self.endings.get_mut(bit >> 6) {
                *cell |= 1 << (bit & 63);
            }
        };
        let bit = ending(plural.iter().rev().chain(word.iter().rev()).copied());
        allow(bit);
        // Before a word of two letters another word may end: `client_ip`.
        if word.iter().chain(plural).filter(|byte| byte.is_ascii_alphabetic()).count() == 2 {
            (1..=26).for_each(|letter| allow((bit << 5) | letter));
        }
    }

    /// What `name` says about its value, inside an object of the given role.
    pub(super) fn sense(&self, name: &str, role: Role) -> Sense {
        self.member(name, role, &mut Before::default()).0
    }

    /// As [`sense`](Self::sense), and whether something personal may stand in the name itself. `before` is where the name
    /// before it was found: objects of one sort have the same names in the same order.
    pub(super) fn member(&self, name: &str, role: Role, before: &mut Before) -> (Sense, bool) {
        let known = |at: usize| {
            let judged = self.judged.get(at)?.0.get()?;
            (judged.role == role && judged.name.is(name.as_bytes())).then_some((judged.sense, judged.personal))
        };
        let behind = self.behind.get(before.0);
        let guess = behind.map_or(0, |place| usize::from(place.load(Ordering::Relaxed)));
        if let Some(judged) = known(guess) {
            self.fetch_ahead(guess, before);
            return judged;
        }
        let hash = hash(name.as_bytes(), role.0);
        let at = hash as usize % REMEMBERED;
        let mut free = None;
        // The place, and the one beside it.
        for at in [at, at ^ 1] {
            if let Some(judged) = known(at) {
                if let (Some(behind), Ok(at)) = (behind, u16::try_from(at)) {
                    behind.store(at, Ordering::Relaxed);
                }
                self.fetch_ahead(at, before);
                return judged;
            }
            if let Some(place) = self.judged.get(at).filter(|place| place.0.get().is_none()) {
                free = Some(place);
                break;
            }
        }
        let personal = may_be_personal(name);
        let (sense, known) = self.judged_anew(name, role);
        // What JSON writes with an escape is not what it reads like.
        let plain = || !name.bytes().any(|b| b < b' ' || matches!(b, b'"' | b'\\'));
        if let Some(Place(place)) = free.filter(|_| name.len() <= LONGEST_REMEMBERED && plain()) {
            // Ids as names, which come once, take no place.
            let again = || self.dismissed.get(at).is_some_and(|last| last.swap(hash, Ordering::Relaxed) == hash);
            if known || again() {
                // Another thread may have been faster, which is as good.
                let _ = place.set(Judged { name: Remembered::new(name.as_bytes()), role, sense, personal });
            }
        }
        (sense, personal)
    }

    /// The name that came behind the one before the last time, if it stands at the beginning of `text` with a quote behind it:
    /// its length, and as [`member`](Self::member). Nobody needs to look for its end then.
    pub(super) fn expected(&self, text: &[u8], role: Role, before: &mut Before) -> Option<(usize, Sense, bool)> {
        let at = usize::from(self.behind.get(before.0)?.load(Ordering::Relaxed));
        let judged = self.judged.get(at)?.0.get()?;
        let length = judged.name.length();
        let here = judged.role == role && text.get(length) == Some(&b'"') && judged.name.is(text.get(..length)?);
        let found = here.then_some((length, judged.sense, judged.personal))?;
        self.fetch_ahead(at, before);
        Some(found)
    }

    /// Notes that the name at this place was read, and fetches the line of the one that came behind it the last time: it is
    /// there when that name has been read, and nobody waits for it.
    fn fetch_ahead(&self, at: usize, before: &mut Before) {
        before.0 = at;
        let next = self.behind.get(at).map_or(0, |place| usize::from(place.load(Ordering::Relaxed)));
        std::hint::black_box(self.judged.get(next).is_some_and(|place| place.0.get().is_some()));
    }

    /// What a name says that is not remembered, and whether any of ours ends, or begins, as it does.
    fn judged_anew(&self, name: &str, role: Role) -> (Sense, bool) {
        // Salesforce's mark of a field that its customer added.
        let name = name.strip_suffix("__c").unwrap_or(name);
        let bytes = name.as_bytes();
        // A key that was itself personal and was stripped: `[EMAIL]` is no field called email.
        if is_placeholder(told_apart(name)) {
            return (Sense::nothing(), false);
        }
        // Most names are none of ours, and their last and first three letters already show it.
        if bytes.is_ascii()
            && !met(&self.endings, ending(bytes.iter().rev().copied()))
            && !met(&self.beginnings, beginning(bytes))
        {
            return (Sense { hint: Hint::Field, ..Sense::nothing() }, false);
        }
        (self.in_any_script(name, role), true)
    }

    fn in_any_script(&self, name: &str, role: Role) -> Sense {
        if name.is_ascii() {
            return self.judge(name.as_bytes(), role);
        }
        self.in_other_script(name).unwrap_or_else(|| self.judge(fold(name).as_bytes(), role))
    }

    fn in_other_script(&self, name: &str) -> Option<Sense> {
        let lower = name.trim().to_lowercase().replace(['_', '-'], " ");
        let whole = OTHER_SCRIPTS.iter().find(|(_, _, names)| names.contains(&lower.as_str()));
        let (kind, how) = whole.map(|(kind, how, _)| (*kind, *how)).or_else(|| {
            let nobodys = || OF_NOBODY.iter().any(|word| lower.contains(word));
            let (kind, _) = STEMS.iter().find(|(_, stems)| stems.iter().any(|stem| lower.contains(stem)))?;
            (!nobodys()).then(|| (*kind, how_of(*kind)))
        })?;
        let verdict = Some(Verdict::new(kind, how));
        (!self.kept[kind as usize]).then_some(Sense { verdict, ..Sense::nothing() })
    }

    fn judge(&self, name: &[u8], role: Role) -> Sense {
        // `form_fields[name]`, `data[Contact][email]`: a form's field is what stands in its brackets.
        let name = in_brackets(name).unwrap_or(name);
        let mut words = Words::cut(name);
        // `oldCity`, `new_email`: of a change.
        if words.len > 1 && [&b"old"[..], b"new", b"prev", b"previous"].contains(&words.joined(0, 1)) {
            words.starts.copy_within(1.., 0);
            words.ends.copy_within(1.., 0);
            words.len -= 1;
        }
        let mut end = words.len;
        let mut sense = Sense::nothing();
        // Known to be about something else: `sec-ch-ua-mobile`.
        let mut decided = false;
        for looked_past in 0..3 {
            if end == 0 {
                break;
            }
            if let Some(found) = self.judge_tail(&words, end, role) {
                // Only a verdict is worth looking past a qualifier for; role and hint belong to the real last word.
                if looked_past == 0 {
                    sense = found.0;
                } else if let Some(verdict) = found.0.verdict {
                    sense.verdict = Some(verdict);
                } else if sense.latent.is_none() {
                    sense.latent = found.0.latent;
                }
                decided = found.1;
                if decided || sense.verdict.is_some() {
                    break;
                }
            }
            let last = words.joined(end - 1, end);
            if !self.table.get(last).is_some_and(|entry| entry.qualifier) {
                break;
            }
            end -= 1;
        }
        if sense.verdict.is_none() {
            sense.verdict = self.of_whom(&words, role);
        }
        // `NR_CEP`, `strPoblacion`, `adr_rue`: what programmers and databases put before a name.
        if !decided
            && sense.verdict.is_none()
            && sense.latent.is_none()
            && words.len > 1
            && marks(words.joined(0, 1)) & mark::PREFIX != 0
        {
            let rest = self.judge(&words.apart(1), role);
            if rest.verdict.is_some_and(|verdict| verdict.how != How::Token)
                || rest.latent.is_some_and(|_| !rest.guessed)
            {
                return rest;
            }
        }
        if !decided
            && sense.verdict.is_none()
            && matches!(sense.role, Role::NONE | Role::NAME)
            && sense.latent.is_none()
        {
            let long = spelled_out(&words).map(|long| self.judge(&long, role));
            // One short word alone is too little to go by: `ph` is an acid's as often as a phone.
            // Unless it stands in a person: `{"Dbtr":{"Nm":…}}`.
            let enough = words.len > 1 || role.meets(Role::PERSON);
            let long = long.map(|long| Sense { verdict: long.verdict.filter(|_| enough), ..long });
            if let Some(long) =
                long.filter(|long| long.verdict.is_some() || long.role != Role::NONE || long.latent.is_some())
            {
                return long;
            }
        }
        if !decided && sense.verdict.is_none() {
            sense.verdict = self.by_first_word(&words).or_else(|| self.key(&words));
        }
        // What is no account's name may still be a person's.
        let account = sense.verdict.is_some_and(|verdict| matches!(verdict.how, How::Handle | How::Account));
        if (!decided || account) && !self.kept[Kind::Name as usize] && (sense.verdict.is_none() || account) {
            if sense.latent.is_none() && of_somebody(&words) {
                sense.latent = Some((Role::PERSON, Verdict::new(Kind::Name, How::Leaves)));
                sense.guessed = true;
            }
            // A book's author is everybody's.
            let author = words.len.checked_sub(1).is_some_and(|last| AUTHORS.contains(&words.joined(last, words.len)));
            sense.somebody = sense.latent.is_some_and(|(_, verdict)| verdict.kind == Kind::Name && !author)
                || sense.role.meets(Role::PERSON)
                || is_party_to(&words);
        }
        // `has_ssn`: true is no number.
        if let Some(verdict) = sense.verdict.as_mut().filter(|verdict| verdict.how == How::Whole)
            && words.len > 1
            && marks(words.joined(0, 1)) & mark::ASKS != 0
        {
            verdict.how = How::Leaves;
        }
        // A method and its price; the first of two lines is an address's: `shippingLine1`.
        let numbered = decided && name.last().is_some_and(u8::is_ascii_digit) && words.len >= 2;
        if numbered && [&b"shippingline"[..], b"deliveryline"].contains(&words.joined(words.len - 2, words.len)) {
            sense.verdict = (!self.kept[Kind::Address as usize]).then_some(Verdict::new(Kind::Address, How::Leaves));
        }
        // A product's has no digit, a person's often.
        if sense.verdict.is_none() && !decided && words.len == 1 && words.joined(0, 1) == b"handle" {
            sense.verdict = (!self.kept[Kind::Name as usize]).then_some(Verdict::new(Kind::Name, How::Account));
        }
        // OAuth's, which keeps requests from being forged; of everything else a word or two.
        if sense.verdict.is_none()
            && !decided
            && sense.latent.is_none()
            && words.len == 1
            && words.joined(0, 1) == b"state"
        {
            sense.verdict = (!self.kept[Kind::Secret as usize]).then_some(Verdict::new(Kind::Secret, How::Token));
        }
        // What a name's object holds: `"name":{"value":"Zhi Wei Ong"}`.
        sense.somebody |= role.meets(Role::NAME) && sense.named_by_sibling;
        // A ware's: `skuDisplayName`.
        let shown = words.len > 2 && words.joined(words.len - 2, words.len) == b"displayname";
        if shown && is_nobodys_thing(words.joined(words.len - 3, words.len - 2)) {
            (sense.verdict, sense.somebody) = (None, true);
        }
        // Of what sort the rest is: `numberType`, `addressUType`.
        sense.spared |= words.len > 1 && sense.verdict.is_none() && words.joined(words.len - 1, words.len) == b"type";
        sense.keyed = (1..words.len).any(|at| matches!(words.joined(at - 1, at), b"by" | b"per"));
        // A name that says nothing still is a name, unless it is one of text.
        let last = words.len.checked_sub(1).map(|last| words.joined(last, words.len));
        if sense.hint == Hint::None && !last.and_then(|last| self.find(last)).is_some_and(|entry| entry.is_text) {
            sense.hint = Hint::Field;
        }
        sense
    }

    /// `telefonoContacto`, `adresse_actuelle`: in some languages the first word is the one that says what it is.
    fn by_first_word(&self, words: &Words) -> Option<Verdict> {
        if words.len < 2 {
            return None;
        }
        // `txtTelefonoCitado`: a form's field.
        let prefixed = words.len > 2 && marks(words.joined(0, 1)) & mark::FIELD_PREFIX != 0;
        let at = usize::from(prefixed);
        let first = words.joined(at, at + 1);
        if !prefixed && !met(&self.beginnings, beginning(first)) {
            return None;
        }
        let (kind, _) = FIRST_WORDS.iter().find(|(_, heads)| heads.contains(&first))?;
        let other = (at + 1..words.len).any(|at| marks(words.joined(at, at + 1)) & mark::NOT_AFTER != 0);
        (!other && !self.kept[*kind as usize]).then(|| Verdict::new(*kind, How::Leaves))
    }

    /// `stream_key`, `hmacKey`: opens something, if the value looks like it.
    fn key(&self, words: &Words) -> Option<Verdict> {
        let last = words.len.checked_sub(1).filter(|last| *last > 0)?;
        let of_data = || (0..last).any(|at| marks(words.joined(at, at + 1)) & mark::KEY_OF_DATA != 0);
        let is_key = words.joined(last, words.len) == b"key" && !of_data() && !self.kept[Kind::ApiKey as usize];
        is_key.then_some(Verdict::new(Kind::ApiKey, How::Key))
    }

    /// `nameOfSpouse`, `dob_of_child`, `nombreDelPadre`: what is whose.
    fn of_whom(&self, words: &Words, role: Role) -> Option<Verdict> {
        const OF: &[&[u8]] = &[b"of", b"de", b"del", b"di", b"du", b"da", b"do", b"von", b"van"];
        let of = (1..words.len.saturating_sub(1)).find(|at| OF.contains(&words.joined(*at, at + 1)))?;
        let whom = self.find(words.joined(of + 1, words.len))?.sense.role;
        let person = whom.meets(Role::PERSON).then(|| role.and(Role::PERSON))?;
        self.judge_tail(words, of, person)?.0.verdict
    }

    /// The sense of the words before `end`, and whether it is final.
    fn judge_tail(&self, words: &Words, end: usize, role: Role) -> Option<(Sense, bool)> {
        let mut result: Option<(Sense, bool)> = None;
        for start in end.saturating_sub(MAX_PHRASE)..end {
            let joined = words.joined(start, end);
            let Some(entry) = self.find(joined) else { continue };
            let around = if start > 0 { self.role_before(words, start) } else { Role::NONE };
            // `dk.cpr`, `customer_nif`: whose it is, and no more.
            let of_whom = || {
                let random = entry.sense.verdict.is_some_and(|verdict| verdict.how == How::Token);
                around.meets(Role::PERSON) && !random || (start == 1 && COUNTRIES.contains(&words.joined(0, 1)))
            };
            if entry.alone && start > 0 && !of_whom() {
                continue;
            }
            let mut sense = entry.sense;
            let in_role = |wanted: Role| {
                entry.in_role.iter().flatten().find(|(needs, _)| wanted.meets(*needs)).map(|(_, verdict)| *verdict)
            };
            if sense.verdict.is_none() && !entry.decided {
                sense.verdict = in_role(around).or_else(|| if start == 0 { in_role(role) } else { None });
            }
            let first = result.is_none();
            if first || sense.verdict.is_some() {
                let hint = result
                    .map_or(sense.hint, |(found, _)| if sense.hint.is_specific() { sense.hint } else { found.hint });
                // Whole-name roles only: `user` names a person, `last_user` as well, but a namer stands alone.
                let alone = start == 0;
                let sense = Sense {
                    hint,
                    names_sibling: sense.names_sibling && alone,
                    named_by_sibling: sense.named_by_sibling && alone,
                    spared: sense.spared && alone,
                    latent: sense.latent.filter(|(_, verdict)| {
                        let of_whom = around.meets(Role::PERSON.and(Role::ADDRESS)) && !PARTS.contains(&joined);
                        let of_card = verdict.kind == Kind::Card && around.meets(Role::PERSON);
                        alone || of_card || (verdict.kind == Kind::Address && of_whom)
                    }),
                    ..sense
                };
                result = Some((sense, entry.decided));
            }
            if entry.decided || sense.verdict.is_some() {
                break;
            }
        }
        if result.is_none() {
            let last = words.joined(end - 1, end);
            for (tail, kind, how) in GLUED {
                let goes = !self.kept[*kind as usize];
                if goes && last.len() > tail.len() && last.ends_with(tail.as_bytes()) {
                    return Some((Sense { verdict: Some(Verdict::new(*kind, *how)), ..Sense::nothing() }, true));
                }
            }
            // `patientname`, `billingzip`: someone's. `CUSADR`: of a column of six letters.
            if let Some(verdict) = self.glued(last).or_else(|| self.of_six_letters(last)) {
                return Some((Sense { verdict: Some(verdict), ..Sense::nothing() }, true));
            }
        }
        result
    }

    /// What two words without a seam say, of which the first is a person's or an address's.
    fn glued(&self, word: &[u8]) -> Option<Verdict> {
        (3..word.len().saturating_sub(2)).find_map(|seam| {
            let (who, what) = word.split_at(seam);
            let role = self.find(who).map(|entry| entry.sense.role)?;
            if !role.meets(Role::PERSON.and(Role::ADDRESS)) {
                return None;
            }
            let entry = self.find(what)?;
            let in_role =
                entry.in_role.iter().flatten().find(|(needs, _)| role.meets(*needs)).map(|(_, verdict)| *verdict);
            entry.sense.verdict.filter(|_| !entry.alone).or(in_role)
        })
    }

    /// Two words of three letters each, as the columns of elder databases have them: `CUSNAM`, `EMPDOB`.
    fn of_six_letters(&self, word: &[u8]) -> Option<Verdict> {
        const WHOSE: &[&[u8]] = &[
            b"cus", b"cst", b"cli", b"emp", b"pat", b"mbr", b"stu", b"ven", b"vnd", b"bil", b"shp", b"own", b"usr",
            b"con", b"ins",
        ];
        const WHAT: &[(Kind, &[&[u8]])] = &[
            (Kind::Name, &[b"nam", b"fnm", b"lnm", b"fst", b"lst"]),
            (Kind::Address, &[b"adr", b"ad1", b"ad2", b"zip", b"cty", b"str", b"pst"]),
            (Kind::Phone, &[b"tel", b"phn", b"mob", b"fax"]),
            (Kind::Email, &[b"eml"]),
            (Kind::BirthDate, &[b"dob"]),
            (Kind::Ssn, &[b"ssn"]),
        ];
        let (whose, what) = word.split_at_checked(3)?;
        let (kind, _) = WHAT.iter().find(|(_, words)| words.contains(&what))?;
        (WHOSE.contains(&whose) && !self.kept[*kind as usize]).then_some(Verdict::new(*kind, How::Leaves))
    }

    fn find(&self, word: &[u8]) -> Option<&Entry> {
        // (A short name's plural in "es" is another word: `fines` is not of `fin`.)
        self.table.get(word).or_else(|| {
            let singular = word.strip_suffix(b"s")?;
            // `addresses`, but not `pass` from `passs`, nor `address` as a plural of `addres`.
            self.table.get(singular).or_else(|| {
                let singular = singular.strip_suffix(b"e").filter(|singular| singular.len() > 3)?;
                self.table.get(singular)
            })
        })
    }

    /// The role of the one or two words before `start`.
    fn role_before(&self, words: &Words, start: usize) -> Role {
        // `users[0][city]`: the number is a place's.
        let number = |at: usize| words.joined(at - 1, at).iter().all(u8::is_ascii_digit);
        let start = if start > 1 && number(start) { start - 1 } else { start };
        let one = self.find(words.joined(start - 1, start)).map_or(Role::NONE, |entry| entry.sense.role);
        if start < 2 {
            return one;
        }
        // `bill_to_name`: two words may make one.
        one.and(self.find(words.joined(start - 2, start)).map_or(Role::NONE, |entry| entry.sense.role))
    }
}

/// The built-in names of a kind.
pub(super) fn of_kind(kind: Kind) -> impl Iterator<Item = &'static str> {
    let of_family = |family: &Family| family.2.iter().map(|name| name.trim_start_matches('='));
    let languages = LANGUAGES.iter().flat_map(|(_, kinds)| *kinds).filter(move |(of, _)| *of == kind);
    let foreign = languages.flat_map(|(_, names)| names.iter().map(|name| name.trim_start_matches('=')));
    FAMILIES.iter().filter(move |family| family.0 == kind).flat_map(of_family).chain(foreign)
}

/// How values of a kind go whose name only the rules know: as those of the built-in names of that kind.
fn how_of(kind: Kind) -> How {
    FAMILIES.iter().find(|family| family.0 == kind).map_or(How::Whole, |family| family.1)
}

/// The name as the tables spell it: its words, joined. None if it has none, or more than a phrase may have.
pub(super) fn joined(name: &str) -> Option<String> {
    let folded = fold(name);
    let words = Words::cut(folded.as_bytes());
    let fits = (1..=MAX_PHRASE).contains(&words.len) && name.len() <= MAX_NAME;
    let joined = fits.then(|| words.joined(0, words.len))?;
    String::from_utf8(joined.to_vec()).ok()
}

/// Five bits for each of the last three letters, counted from the end; digits and separators do not count.
fn ending(from_the_end: impl Iterator<Item = u8>) -> usize {
    from_the_end
        .filter(u8::is_ascii_alphabetic)
        .take(3)
        .fold(0, |bits, byte| (bits << 5) | usize::from(byte.to_ascii_lowercase() - b'a' + 1))
}

/// Whether a table of endings or beginnings has one.
fn met(table: &[u64; 512], bit: usize) -> bool {
    table.get(bit >> 6).is_some_and(|cell| cell & (1 << (bit & 63)) != 0)
}

/// The same of the first three.
fn beginning(name: &[u8]) -> usize {
    ending(name.iter().take(3).copied())
}

/// A name cut into lower-case words, without allocating.
struct Words {
    text: [u8; MAX_NAME],
    starts: [u8; MAX_WORDS],
    ends: [u8; MAX_WORDS],
    len: usize,
}

impl Words {
    fn cut(name: &[u8]) -> Self {
        let name = &name[name.len().saturating_sub(MAX_NAME)..];
        let mut words = Self { text: [0; MAX_NAME], starts: [0; MAX_WORDS], ends: [0; MAX_WORDS], len: 0 };
        let mut at = 0usize;
        let mut open = false;
        let mut last = b' ';
        for (i, byte) in name.iter().copied().enumerate() {
            if !byte.is_ascii_alphanumeric() {
                open = false;
                last = byte;
                continue;
            }
            let next_is_lower = name.get(i + 1).is_some_and(u8::is_ascii_lowercase);
            // `dateOfBirth` cuts before O and B; `IPAddress` before the A that starts a word, not inside `IP`.
            let hump = byte.is_ascii_uppercase()
                && (last.is_ascii_lowercase() || (last.is_ascii_uppercase() && next_is_lower));
            let digit_edge = byte.is_ascii_digit() != last.is_ascii_digit() && last.is_ascii_alphanumeric();
            if !open || hump || digit_edge {
                if words.len == MAX_WORDS {
                    break;
                }
                words.starts[words.len] = at as u8;
                words.len += 1;
                open = true;
            }
            words.text[at] = byte.to_ascii_lowercase();
            at += 1;
            words.ends[words.len - 1] = at as u8;
            last = byte;
        }
        // `phone2` and `address_line_1` are what they are without the number.
        while words.len > 1 && words.joined(words.len - 1, words.len).iter().all(u8::is_ascii_digit) {
            words.len -= 1;
        }
        words
    }

    /// The words from `from` on, with underscores between.
    fn apart(&self, from: usize) -> Vec<u8> {
        let words: Vec<&[u8]> = (from..self.len).map(|at| self.joined(at, at + 1)).collect();
        words.join(&b'_')
    }

    fn joined(&self, from: usize, to: usize) -> &[u8] {
        &self.text[usize::from(self.starts[from])..usize::from(self.ends[to - 1])]
    }
}

/// What stands in the last brackets of a name, if what stands before them says nothing.
fn in_brackets(name: &[u8]) -> Option<&[u8]> {
    const HOLDERS: &[&[u8]] = &[
        b"client",
        b"form_fields",
        b"filter",
        b"filtre",
        b"filtro",
        b"where",
        b"fields",
        b"field",
        b"form",
        b"formdata",
        b"form_data",
        b"data",
        b"values",
        b"value",
        b"attributes",
        b"properties",
        b"answers",
        b"input",
        b"inputs",
        b"params",
        b"body",
        b"payload",
        b"metadata",
        b"custom_fields",
        b"customfields",
        b"custom",
        b"submission",
        b"entry",
        b"your",
        b"item_meta",
    ];
    let inner = name.strip_suffix(b"]")?;
    let open = inner.iter().rposition(|b| *b == b'[')?;
    let (before, inner) = (name.get(..open)?, inner.get(open + 1..)?);
    let known = HOLDERS.iter().any(|holder| before.eq_ignore_ascii_case(holder));
    (known && !inner.is_empty() && !inner.iter().all(u8::is_ascii_digit)).then_some(inner)
}

/// `cust_nm` as `customer_name`; None where nothing is short.
fn spelled_out(words: &Words) -> Option<Vec<u8>> {
    let word = |at: usize| words.joined(at, at + 1);
    if !(0..words.len).any(|at| marks(word(at)) & mark::SHORT != 0) {
        return None;
    }
    let long = |word: &[u8]| SHORT.iter().find(|(short, _)| short.as_bytes() == word).map(|(_, long)| long.as_bytes());
    let mut name = Vec::new();
    for at in 0..words.len {
        name.extend_from_slice(long(word(at)).unwrap_or(word(at)));
        name.push(b'_');
    }
    Some(name)
}

/// Letters with marks as the letters they stand for, so that the tables need no accents.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            'à'..='å' | 'ā' | 'ą' | 'ă' => folded.push('a'),
            'À'..='Å' => folded.push('A'),
            'Ç' | 'Ć' | 'Č' => folded.push('C'),
            'Ł' => folded.push('L'),
            'Ñ' => folded.push('N'),
            'Ş' | 'Ś' | 'Š' => folded.push('S'),
            'Ù'..='Ü' => folded.push('U'),
            'Ź' | 'Ż' | 'Ž' => folded.push('Z'),
            'ç' | 'ć' | 'č' => folded.push('c'),
            'ď' | 'đ' | 'ð' => folded.push('d'),
            'ğ' | 'ģ' => folded.push('g'),
            'ķ' => folded.push('k'),
            'è'..='ë' | 'ē' | 'ę' | 'ě' | 'ė' => folded.push('e'),
            'È'..='Ë' | 'Ē' | 'Ę' | 'Ě' => folded.push('E'),
            'Ì'..='Ï' | 'İ' | 'Ī' => folded.push('I'),
            'Ò'..='Ö' | 'Ø' | 'Ő' | 'Ō' => folded.push('O'),
            'Ă' | 'Ą' | 'Ā' => folded.push('A'),
            'Ý' | 'Ÿ' => folded.push('Y'),
            'Ď' | 'Đ' => folded.push('D'),
            'Ğ' | 'Ģ' => folded.push('G'),
            'Ń' | 'Ň' => folded.push('N'),
            'Ř' => folded.push('R'),
            'Ť' | 'Ț' | 'Ţ' => folded.push('T'),
            'Ș' => folded.push('S'),
            'Ű' | 'Ů' | 'Ū' => folded.push('U'),
            'ì'..='ï' | 'ı' | 'ī' | 'į' => folded.push('i'),
            'ł' | 'ľ' | 'ļ' => folded.push('l'),
            'ñ' | 'ń' | 'ň' | 'ņ' => folded.push('n'),
            'ò'..='ö' | 'ø' | 'ő' | 'ō' | 'ơ' => folded.push('o'),
            'ř' => folded.push('r'),
            'ţ' | 'ț' | 'ť' => folded.push('t'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ù'..='ü' | 'ű' | 'ū' | 'ů' | 'ų' | 'ư' => folded.push('u'),
            'ß' => folded.push_str("ss"),
            'ş' | 'ș' | 'ś' | 'š' => folded.push('s'),
            'ý' | 'ÿ' => folded.push('y'),
            'ź' | 'ż' | 'ž' => folded.push('z'),
            // A combining mark after its letter.
            '\u{300}'..='\u{36f}' => {}
            _ => folded.push(c),
        }
    }
    folded
}

/// Who wrote a book, or a comment.
const AUTHORS: &[&[u8]] = &[b"author", b"autor", b"auteur", b"autore", b"autora", b"verfasser", b"afzender"];

/// Whether a field is called after who wrote something.
pub(super) fn is_author(name: &str) -> bool {
    matches!(name.len(), 5..=9) && AUTHORS.iter().any(|author| author.eq_ignore_ascii_case(name.as_bytes()))
}

/// Words for a name, as the last of a field's: `consumerName`, `tenant_name`.
#[rustfmt::skip]
const NAME_WORDS: &[&[u8]] = &[
    b"name", b"nom", b"nome", b"nombre", b"navn", b"namn", b"naam", b"nimi", b"jmeno", b"imie", b"nume", b"adi", b"nm",
];

/// What has a name and is nobody.
#[rustfmt::skip]
const THINGS: &[&[u8]] = &[
    b"prod", b"itm", b"brnd", b"cat", b"org", b"dept", b"crs", b"proj",
    b"content", b"asset", b"creative", b"ad", b"promo", b"promotion", b"deal", b"bundle", b"food", b"meal", b"dish", b"drink", b"wine", b"toy", b"book", b"article", b"sku", b"make", b"manufacturer", b"series", b"ship", b"artist", b"band", b"song",
    b"account", b"action", b"agency", b"airline", b"airport", b"album", b"app", b"application", b"area", b"attribute", b"author", b"bank", b"base", b"batch", b"bean",
    b"block", b"branch", b"brand", b"browser", b"bucket", b"building", b"business", b"calendar", b"campaign", b"card", b"carrier", b"category", b"channel", b"city",
    b"class", b"client", b"clinic", b"club", b"cluster", b"code", b"collection", b"color", b"column", b"community", b"company", b"component", b"config", b"container",
    b"cookie", b"corp", b"country", b"county", b"course", b"currency", b"database", b"db", b"dataset", b"department", b"destination", b"device", b"display", b"district",
    b"division", b"doc", b"document", b"domain", b"drug", b"edition", b"element", b"employer", b"entity", b"environment", b"error", b"event", b"exchange", b"exam",
    b"facility", b"feature", b"field", b"file", b"fleet", b"flow", b"folder", b"form", b"format", b"franchise", b"function", b"fund", b"game", b"gateway", b"group",
    b"gym", b"handler", b"hospital", b"host", b"hostel", b"hotel", b"image", b"index", b"industry", b"institution", b"insurer", b"integration", b"interface", b"issue",
    b"item", b"job", b"key", b"label", b"language", b"layer", b"league", b"level", b"library", b"list", b"locale", b"location", b"log", b"machine", b"map", b"market",
    b"material", b"medication", b"medicine", b"menu", b"merchant", b"method", b"metric", b"model", b"module", b"month", b"movie", b"network", b"node", b"object",
    b"office", b"offer", b"operation", b"operator", b"org", b"organisation", b"organization", b"origin", b"package", b"page", b"parameter", b"park", b"path", b"pharmacy",
    b"phase", b"place", b"plan", b"platform", b"plugin", b"policy", b"pool", b"port", b"portal", b"position", b"practice", b"preset", b"print", b"procedure", b"process",
    b"processor", b"product", b"program", b"programme", b"project", b"property", b"protocol", b"provider", b"province", b"publisher", b"query", b"queue", b"rate", b"realm",
    b"recipe", b"record", b"region", b"release", b"repo", b"repository", b"report", b"resort", b"resource", b"restaurant", b"role", b"room", b"route", b"rule", b"salon",
    b"scenario", b"schema", b"school", b"scope", b"screen", b"season", b"section", b"sector", b"segment", b"series", b"server", b"service", b"set", b"shelter", b"shop",
    b"show", b"site", b"skill", b"software", b"song", b"source", b"space", b"sport", b"stage", b"state", b"station", b"status", b"step", b"stop", b"store", b"stream",
    b"street", b"studio", b"style", b"subject", b"supplier", b"survey", b"system", b"tab", b"table", b"tag", b"target", b"task", b"team", b"template", b"tenant",
    b"terminal", b"test", b"theme", b"tier", b"timezone", b"title", b"tool", b"topic", b"tour", b"town", b"track", b"trade", b"train", b"treatment", b"type", b"unit",
    b"university", b"variable", b"variant", b"vehicle", b"vendor", b"venue", b"version", b"vessel", b"village", b"ward", b"warehouse", b"workflow", b"workspace",
    b"zone", b"empresa", b"produto", b"producto", b"produit", b"produkt", b"prodotto", b"firma", b"societe", b"azienda", b"ville", b"curso", b"cours", b"kurs", b"evento", b"urun", b"sirket",
    b"magaza", b"sube", b"tienda", b"marca", b"loja", b"magasin", b"entreprise", b"foretag", b"sklep", b"negozio", b"marchio", b"bedrijf", b"winkel", b"tuote",
    b"yritys", b"obchod", b"verein", b"schule", b"ecole", b"escuela", b"escola", b"scuola", b"skola", b"szkola", b"kirche", b"abteilung", b"filiale",
];

fn is_of_a_thing(word: &[u8]) -> bool {
    let marked = |word: &[u8]| marks(word) & mark::THING != 0;
    marked(word) || word.strip_suffix(b"s").is_some_and(marked)
}

/// Whether a field that ends in a word for a name, or in some languages begins with it, may be somebody's: no word of it is
/// a thing's.
fn of_somebody(words: &Words) -> bool {
    let word = |at: usize| words.joined(at, at + 1);
    let Some(last) = words.len.checked_sub(1).filter(|last| *last > 0) else { return false };
    let things = |from: usize, to: usize| (from..to).any(|at| is_of_a_thing(word(at)));
    (marks(word(last)) & mark::NAME != 0 && !things(0, last))
        || ([&b"nom"[..], b"nome", b"nombre"].contains(&word(0)) && !things(1, words.len))
}

/// Words that ask, of which the answer is yes or no.
const ASKS: &[&[u8]] = &[
    b"return",
    b"send",
    b"include",
    b"use",
    b"allow",
    b"enable",
    b"disable",
    b"save",
    b"generate",
    b"show",
    b"hide",
    b"skip",
    b"has",
    b"is",
    b"had",
    b"was",
    b"needs",
    b"requires",
    b"require",
    b"show",
    b"hide",
    b"enable",
    b"enabled",
    b"allow",
    b"allows",
    b"can",
    b"should",
    b"use",
    b"uses",
    b"accepts",
    b"missing",
    b"with",
    b"without",
    b"no",
    b"require",
    b"skip",
    b"force",
];

fn is_nobodys_thing(word: &[u8]) -> bool {
    is_of_a_thing(word) && marks(word) & mark::SOMETIMES_SOMEBODY == 0
}

/// Whether the last word is a thing's, and of one that is nobody.
pub(super) fn is_thing(name: &str) -> bool {
    let words = Words::cut(name.as_bytes());
    words.len.checked_sub(1).is_some_and(|last| is_nobodys_thing(words.joined(last, words.len)))
}

/// `signedBy`, `attn`, `client_name`: a person, if the value is one.
fn is_party_to(words: &Words) -> bool {
    let word = |at: usize| words.joined(at, at + 1);
    let Some(last) = words.len.checked_sub(1) else { return false };
    let by = last > 0 && matches!(word(last), b"by" | b"for") && word(last - 1) != b"author";
    let marks_of_last = marks(word(last));
    let named = last > 0 && marks_of_last & mark::NAME != 0 && !(0..last).any(|at| is_nobodys_thing(word(at)));
    let somebody = |marks: u16| marks & mark::SOMEBODY != 0;
    by || named || somebody(marks_of_last) || (last > 0 && somebody(marks(words.joined(0, words.len))))
}

/// Of [`THINGS`], what may be a person.
const SOMETIMES_SOMEBODY: &[&[u8]] = &[
    b"account",
    b"client",
    b"vendor",
    b"supplier",
    b"provider",
    b"operator",
    b"subject",
    b"tenant",
    b"entity",
    b"party",
];

/// The bits of what a word is marked as.
mod mark {
    pub(super) const THING: u16 = 1;
    pub(super) const SOMETIMES_SOMEBODY: u16 = 1 << 1;
    pub(super) const SOMEBODY: u16 = 1 << 2;
    pub(super) const ASKS: u16 = 1 << 3;
    pub(super) const PREFIX: u16 = 1 << 4;
    pub(super) const FIELD_PREFIX: u16 = 1 << 5;
    pub(super) const NAME: u16 = 1 << 6;
    pub(super) const NOT_AFTER: u16 = 1 << 7;
    pub(super) const KEY_OF_DATA: u16 = 1 << 8;
    pub(super) const SHORT: u16 = 1 << 9;
}

/// The lists of words below, as one table: a word is looked up once, not compared with hundreds.
static MARKS: LazyLock<HashMap<&[u8], u16, BuildHasherDefault<NameHash>>> = LazyLock::new(|| {
    let lists = [
        (mark::THING, THINGS),
        (mark::SOMETIMES_SOMEBODY, SOMETIMES_SOMEBODY),
        (mark::SOMEBODY, SOMEBODY),
        (mark::ASKS, ASKS),
        (mark::PREFIX, PREFIXES),
        (mark::FIELD_PREFIX, FIELD_PREFIXES),
        (mark::NAME, NAME_WORDS),
        (mark::NOT_AFTER, NOT_AFTER),
        (mark::KEY_OF_DATA, KEYS_OF_DATA),
    ];
    let mut marks = HashMap::default();
    for (bit, word) in lists.iter().flat_map(|(bit, words)| words.iter().map(|word| (*bit, *word))) {
        *marks.entry(word).or_default() |= bit;
    }
    for (short, _) in SHORT {
        *marks.entry(short.as_bytes()).or_default() |= mark::SHORT;
    }
    marks
});

/// What a word is marked as.
fn marks(word: &[u8]) -> u16 {
    MARKS.get(word).copied().unwrap_or(0)
}

/// Those who do something, or to whom it is done.
#[rustfmt::skip]
const SOMEBODY: &[&[u8]] = &[
    b"istruttore", b"istruttrice", b"instructeur", b"instructor", b"profesor", b"profesora", b"professore", b"lehrer", b"docent", b"docente", b"uczestnik", b"okaziciel", b"participante", b"partecipante", b"teilnehmer", b"deelnemer", b"posiadacz", b"hospede", b"anfitriao", b"huesped", b"anfitrion", b"gastgeber",
    b"attending", b"display", b"courier", b"surgeon", b"cashier", b"waiter", b"salesperson", b"deceased", b"payor", b"careof", b"citado", b"interviewer", b"interviewee", b"examiner",
    b"assignedto", b"attn", b"attention", b"poc", b"responsible", b"alias", b"aliases", b"agent", b"actor", b"host", b"organizer", b"organiser", b"rep", b"salesrep", b"witness", b"witnesses",
    b"director", b"directors", b"shareholder", b"executor", b"trustee", b"receiver", b"caller", b"seller", b"provider", b"prescriber", b"sponsor", b"invitee", b"mentor", b"coach", b"captain",
    b"reporter", b"deliverto", b"shipto", b"billto", b"remitto", b"soldto", b"holder", b"cnam", b"cn", b"pic", b"personincharge", b"client", b"clients", b"account", b"vendor", b"attendees", b"participants", b"fullname", b"manager",
    b"sachbearbeiter", b"betreuer", b"responsable", b"interlocuteur", b"proprietario", b"referente", b"responsabile", b"eigenaar", b"opiekun", b"wlasciciel", b"agare", b"kontaktperson",
    b"by", b"payer", b"aka", b"mieter", b"vermieter", b"bewerber", b"versicherter", b"auftraggeber", b"absender", b"empfanger", b"kunde", b"to", b"from", b"sender", b"recipient", b"signers", b"operator", b"merchantcontact", b"nextofkin", b"namelast", b"nameline", b"nameonticket",
    b"user", b"users", b"member", b"speaker", b"speakers", b"creator", b"editor", b"maintainer", b"committer", b"uploader", b"approver", b"reviewer", b"verifier", b"beneficialowner", b"ubo",
];

/// Countries as they stand before what only they have: `dk.cpr`, `se_personnummer`.
const COUNTRIES: &[&[u8]] = &[
    b"dk", b"se", b"fi", b"de", b"fr", b"es", b"it", b"nl", b"pl", b"pt", b"br", b"us", b"uk", b"gb", b"sg", b"my",
    b"ar", b"cl", b"mx", b"tr", b"ro", b"bg", b"hr", b"si",
];

/// What stands before the names of columns and variables: sorts of them, and whose they are.
#[rustfmt::skip]
const PREFIXES: &[&[u8]] = &[
    b"txt", b"str", b"fld", b"inp", b"tb", b"hdn", b"frm", b"nr", b"num", b"nm", b"ds", b"dt", b"dat", b"cd", b"cod", b"tx", b"vl", b"lib", b"adr", b"empf", b"kd", b"ku", b"sacado", b"pagador", b"devedor",
    b"cnee", b"loc", b"end", b"klant", b"cli", b"utente", b"alunno", b"kunde", b"klient", b"zak", b"registrant", b"dest", b"benef", b"tit", b"ben", b"sz",
];

/// What form builders and programmers put before a field's name.
const FIELD_PREFIXES: &[&[u8]] = &[
    b"txt", b"str", b"fld", b"inp", b"tb", b"hdn", b"field", b"input", b"form", b"frm", b"p", b"x", b"in", b"user",
    b"cust", b"datos", b"usr",
];

/// Words that say at the beginning of a name what it is.
#[rustfmt::skip]
const FIRST_WORDS: &[(Kind, &[&[u8]])] = &[
    (Kind::Phone, &[b"telefono", b"telefone", b"celular", b"cellulare", b"movil", b"telefon", b"telefoon", b"tel", b"telemovel", b"handynummer", b"telefonnummer", b"puhelin"]),
    (Kind::Email, &[b"correo", b"courriel", b"correoelectronico"]),
    (Kind::Address, &[b"adresse", b"direccion", b"indirizzo", b"endereco", b"morada", b"domicilio", b"domicile", b"adres", b"adresa", b"anschrift"]),
    (Kind::Name, &[b"titular", b"titulaire", b"titolare", b"intestatario", b"wlasciciel", b"posiadacz", b"houder", b"prenom", b"apellido", b"apellidos", b"sobrenome", b"cognome", b"vorname", b"nachname", b"voornaam", b"achternaam", b"imie", b"nazwisko"]),
    (Kind::NationalId, &[b"cnp", b"steuerliche", b"cpf", b"nif", b"dni", b"pesel", b"bsn", b"nie", b"curp", b"codicefiscale", b"nss", b"rut", b"cedula", b"aadhaar", b"personnummer", b"oib", b"cuil", b"rfc", b"afm", b"ipn", b"idnr"]),
    (Kind::Iban, &[b"iban"]),
    (Kind::BirthDate, &[b"geburtsdatum", b"fechanacimiento", b"dob", b"birthdate"]),
    (Kind::Password, &[b"contrasena", b"senha", b"passwort", b"wachtwoord", b"haslo"]),
];

/// What they are about then that is nobody's.
#[rustfmt::skip]
const NOT_AFTER: &[&[u8]] = &[
    b"ip", b"ipv", b"mac", b"url", b"web", b"id", b"tipo", b"type", b"typ", b"valido", b"valide", b"valid", b"gueltig", b"verificado", b"verificata", b"verificato", b"verifie", b"verified", b"verifiziert", b"ativo",
    b"activo", b"envoye", b"enviado", b"count", b"anzahl", b"status", b"statut", b"estado", b"confirmado", b"confirme", b"opt", b"optin", b"hash", b"length", b"format", b"country", b"pais", b"pays", b"land", b"mismatch", b"check", b"match",
    b"required", b"present", b"provided", b"exists", b"field", b"label", b"error", b"policy", b"regel", b"rule", b"min", b"max", b"at", b"on", b"aktiv", b"bestatigt", b"existe", b"obrigatorio", b"requerido", b"expira", b"reset",
    b"is", b"has", b"bank", b"bic", b"s3", b"extension", b"ext", b"extra", b"prefix", b"code", b"unico", b"server", b"serveur", b"servidor", b"entreprise", b"empresa", b"magasin", b"tienda", b"loja", b"filiale", b"warehouse",
];

/// Keys by which data is found, which open nothing.
#[rustfmt::skip]
const KEYS_OF_DATA: &[&[u8]] = &[
    b"cache", b"idempotency", b"idempotent", b"partition", b"sort", b"primary", b"foreign", b"object", b"dedup", b"dedupe", b"deduplication", b"message", b"group", b"translation", b"i18n", b"unique", b"hash", b"range",
    b"shard", b"surrogate", b"natural", b"index", b"lookup", b"composite", b"file", b"image", b"blob", b"upload", b"exam", b"issue", b"project", b"jira", b"feature", b"flag", b"config", b"setting", b"settings", b"parent", b"entity", b"event", b"metric",
    b"row", b"record", b"s3", b"bucket", b"item", b"product", b"order", b"variant", b"locale", b"lang", b"label", b"column", b"field", b"map", b"dictionary", b"redis", b"lock", b"queue", b"job", b"task", b"build", b"artifact", b"asset", b"template",
    b"page", b"section", b"node", b"tree", b"public", b"host", b"etag", b"query", b"rate", b"limit", b"answer", b"topic", b"kafka", b"track", b"album", b"song", b"param", b"theme", b"color", b"context", b"plugin", b"block", b"tenant", b"org", b"team",
    b"report", b"widget", b"dashboard", b"chart", b"state", b"search", b"filter", b"data", b"document", b"doc", b"path", b"url", b"route", b"resource", b"request", b"trace", b"correlation", b"transaction", b"payment", b"merge", b"join", b"compound", b"content", b"media",
    b"video", b"audio", b"thumbnail", b"snapshot", b"backup", b"export", b"import", b"log", b"table", b"schema", b"model", b"option", b"menu", b"tag", b"category", b"country", b"currency", b"user", b"customer", b"session", b"distinct", b"bucketing", b"experiment", b"next", b"last", b"start",
    b"end", b"exclusive", b"evaluated", b"continuation", b"pagination", b"scroll", b"cursor", b"paging", b"pk", b"sk", b"gsi", b"stripe", b"publishable", b"anon", b"contact", b"member", b"listing", b"agent", b"office", b"employee", b"account", b"client", b"lead", b"deal", b"answers", b"pubkey", b"peer", b"verification", b"ownership", b"certificate", b"key",
];

/// Words of companies' names, legal forms first.
#[rustfmt::skip]
const COMPANY: &[&str] = &[
    "inc", "ltd", "llc", "llp", "plc", "gmbh", "ag", "kg", "ug", "se", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "oy", "ab", "as", "aps", "sro", "zoo", "kft", "corp", "corporation", "company", "co", "group", "holding", "holdings", "bank", "university", "school", "hotel", "store", "shop", "services", "solutions", "systems", "labs", "studio", "clinic", "hospital", "limited", "partners", "consulting", "media", "team", "support", "the", "and", "of",
];

/// What no person is called at the end: `Lumen Clinic`, `Tidewater Systems Inc.`
#[rustfmt::skip]
const ORGANISATIONS: &[&str] = &[
    "inc", "ltd", "llc", "llp", "plc", "gmbh", "sarl", "srl", "bv", "nv", "aps", "sro", "kft", "corp", "corporation", "company", "holding", "holdings", "university", "services", "solutions", "systems", "labs", "clinic",
    "hospital", "limited", "consulting", "logistics", "industries", "technologies", "software", "insurance", "airlines", "motors", "foods", "airways", "lines", "outfitters", "saver", "roasters", "cafe", "energy", "union", "pharmacy", "restaurant", "foundation", "institute", "college",
    "academy", "agency", "enterprises", "ventures", "account", "savings", "checking", "bank", "group", "hotel", "school", "store", "shop", "studio", "media", "team", "trust", "church", "museum", "association", "council", "ministry", "b.v", "s.a", "s.r.l", "wallet", "card", "department", "pty", "oyj", "sp.z.o.o", "ooo", "zao", "llp", "associates", "bakery", "supermarket", "warehouse", "ag", "kg",
];

/// Whether a value is an organisation's name, as far as its last word shows.
pub(super) fn is_organisation(value: &str) -> bool {
    let last = value.rsplit([' ', ',']).next().unwrap_or_default().trim_end_matches('.');
    last.len() < value.len() && ORGANISATIONS.iter().any(|word| last.eq_ignore_ascii_case(word))
}

/// Whether a value reads like a person's name and like no company's: two to five words, each with a capital if its script has
/// them.
pub(super) fn is_full_name(value: &str) -> bool {
    let words = value.split([' ', ',']).filter(|word| !word.is_empty());
    let named = |word: &str| {
        let mut letters = word.chars();
        let capital = letters.next().is_some_and(|first| first.is_alphabetic() && !first.is_lowercase());
        let plain = word.trim_end_matches('.');
        capital
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.'))
            && !COMPANY.iter().any(|company| plain.eq_ignore_ascii_case(company))
    };
    value.len() <= 80 && (2..=5).contains(&words.clone().count()) && words.clone().all(named)
}

/// What an order's or a bill's state is called, which is no state of a country.
#[rustfmt::skip]
const STATES: &[&str] = &[
    "active", "inactive", "pending", "shipped", "delivered", "processing", "complete", "completed", "cancelled", "canceled", "failed", "open", "closed", "paid", "unpaid", "ready", "queued", "abandoned",
    "returned", "refunded", "current", "former", "previous", "home", "work", "billing", "shipping", "primary", "secondary", "mailing", "residential", "business", "verified", "unverified", "suspended", "enabled", "disabled", "new", "draft", "done", "ok", "started", "stopped", "running", "none",
];

/// `79.7`, `-2.43109939`: a number with a point, and no card's month (`12.27`).
fn is_measure(value: &str, kind: Kind) -> bool {
    let plain = value.trim_start_matches('-');
    let Some((whole, places)) = plain.split_once('.') else { return false };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    // Of places of the earth there are more digits behind the point than of prices.
    (kind != Kind::Address || places.len() == 2)
        && digits(whole)
        && digits(places)
        && (whole.len() <= 4 || kind == Kind::Address)
        && (kind != Kind::Card || places.len() != 2 && places.len() != 4)
}

/// Whether a value under what is probably a name can be one.
pub(super) fn may_be_a_name(value: &str) -> bool {
    is_full_name(value) || people::is_given_name(value) || people::is_wide_name(value)
}

/// `null`, `n/a`, `unknown`.
fn is_no_value(kind: Kind, value: &str) -> bool {
    let nothing = ["", "true", "false", "null", "undefined", "none", "n/a", "nan", "-", "?0", "?1", "unknown"];
    nothing.iter().any(|word| value.eq_ignore_ascii_case(word)) && (kind != Kind::Password || value.is_empty())
}

/// Values that say nothing about anybody, whatever their name.
/// A TURN server's user (draft-uberti-behave-turn-rest): epoch seconds, and perhaps a colon and a name of the service's own.
fn is_relay_user(value: &str) -> bool {
    let seconds = value.split(':').next().unwrap_or_default();
    seconds.len() == 10 && seconds.starts_with('1') && seconds.bytes().all(|b| b.is_ascii_digit()) && value.len() <= 16
}

/// Whether a value is a colour's or a length's of CSS.
fn is_style(value: &str) -> bool {
    if value.len() > 9 {
        return false;
    }
    let hex = |digits: &str| matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let length = |number: &str| {
        !number.is_empty() && number.len() <= 6 && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    };
    value.strip_prefix('#').is_some_and(hex)
        || ["px", "rem", "em", "%", "ms", "vh", "vw"].iter().any(|unit| value.strip_suffix(unit).is_some_and(length))
}

/// Whether a value is an id with its sort before it, or a field's name.
fn is_prefixed_or_mapped(value: &str) -> bool {
    let (head, rest) = value.split_once('_').unwrap_or_default();
    // (Our own tokens are none.)
    let id = (2..=5).contains(&head.len())
        && head != "tok"
        && head.bytes().all(|b| b.is_ascii_lowercase())
        && rest.len() >= 10
        && rest.bytes().all(|b| b.is_ascii_alphanumeric());
    id || (value.contains("mail")
        && value.contains(['_', '.'])
        && value.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'.')))
}

/// Whether a value is a file's path.
fn is_file(value: &str) -> bool {
    let Some((path, ending)) = value.rsplit_once('.') else { return false };
    path.contains('/')
        && (2..=4).contains(&ending.len())
        && ending.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        && !value.contains(['=', '+', ':'])
}

/// Whether a value is a variable's name in a template or a shell.
fn is_variable(value: &str) -> bool {
    let name = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b' ' | b'-'))
    };
    let shouted = |name: &str| {
        name.len() >= 3
            && name.contains('_')
            && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
    };
    if !value.starts_with(['$', '{']) {
        return false;
    }
    value.strip_prefix("${").is_some_and(|rest| name(rest.trim_end_matches('}')))
        || value.strip_prefix("{{").is_some_and(|rest| name(rest.trim_end_matches('}')))
        || value.strip_prefix('$').is_some_and(shouted)
}

/// Whether a value ends in a legal form of companies, which no person's name does.
fn is_company(value: &str) -> bool {
    const FORMS: &[&str] = &[
        "llp",
        "gmbh",
        "inc",
        "llc",
        "ltd",
        "limited",
        "plc",
        "corp",
        "corporation",
        "b.v",
        "bv",
        "s.r.l",
        "srl",
        "sarl",
        "s.a.s",
        "kft",
        "aps",
        "sp. z o.o",
        "pty",
    ];
    if value.len() < 5 || memchr::memchr(b' ', value.as_bytes()).is_none() {
        return false;
    }
    let last = value.trim_end_matches('.').rsplit(' ').next().unwrap_or_default();
    last.len() < value.len() && FORMS.iter().any(|form| last.eq_ignore_ascii_case(form))
}

/// `~4.0.1`, `^1.2.0-rc.1`: three numbers, as package.json has them.
fn is_range_of_versions(value: &str) -> bool {
    if value.len() > 32 {
        return false;
    }
    let plain = value.trim_start_matches(['~', '^', '>', '<', '=', 'v']);
    let release = plain.split(['-', '+']).next().unwrap_or_default();
    let number = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    release.split('.').count() == 3 && release.split('.').all(number)
}

pub(super) fn says_nothing(kind: Kind, value: &str) -> bool {
    let value = value.trim();
    if is_no_value(kind, value) {
        return true;
    }
    let has_digit = value.bytes().any(|b| b.is_ascii_digit());
    // An e-mail address or a name that was hashed before it was sent: `"em":["7bcce63c…"]`.
    let hashed = matches!(value.len(), 32 | 40 | 64) && has_digit && value.bytes().all(|b| b.is_ascii_hexdigit());
    if hashed && matches!(kind, Kind::Email | Kind::Phone | Kind::Name | Kind::Address | Kind::BirthDate) {
        return !value.bytes().all(|b| b.is_ascii_digit());
    }
    // `${API_KEY}`, `{{password}}`, `$DB_PASS`: what stands for a value.
    if kind.is_credential() && is_variable(value) {
        return true;
    }
    // `Kestrel Systems GmbH` is nobody.
    if kind == Kind::Name && is_company(value) {
        return true;
    }
    // `"passport-jwt":"~4.0.1"`: a package and its version.
    if matches!(kind, Kind::Secret | Kind::Jwt | Kind::Cookie | Kind::Passport | Kind::Auth | Kind::ApiKey)
        && is_range_of_versions(value)
    {
        return true;
    }
    match kind {
        // `"pan":79.7` beside a tilt, `"sin":2.431`, `"line15000":"690.15"`.
        Kind::Card | Kind::NationalId | Kind::Address if is_measure(value, kind) => true,
        // `"uidNumber":70751`, `"risk":0.14` below an address.
        Kind::NationalId if value.len() < 6 && value.bytes().all(|b| b.is_ascii_digit()) => true,
        // `"qid":"q10"`: a question's, and Qatar's.
        Kind::NationalId
            if value.len() <= 6 && value.is_ascii() && value.bytes().filter(u8::is_ascii_digit).count() < 4 =>
        {
            true
        }
        Kind::Ip
            if value
                .split_once('.')
                .is_some_and(|(a, b)| [a, b].iter().all(|part| part.bytes().all(|c| c.is_ascii_digit()))) =>
        {
            true
        }
        // `msg_6WokC9oAuXY5emJD`; `contact.primary_email` of a mapping.
        Kind::Email if !value.contains(['@', '%', ' ']) && is_prefixed_or_mapped(value) => true,
        // An object's id.
        Kind::Email
            if !value.contains(['@', '%', ' '])
                && value.len() == 24
                && value.bytes().all(|b| b.is_ascii_hexdigit()) =>
        {
            true
        }
        // `"redis-geo":"4.32.8"`
        Kind::Geo if value.matches('.').count() == 2 && value.bytes().all(|b| b.is_ascii_digit() || b == b'.') => true,
        // Who may relay calls, and until when: `1718066579:u`.
        Kind::Name if is_relay_user(value) => true,
        // `"tokens":{"colorPrimary":"#51eae0","spacingUnit":"8px"}`: a design's.
        Kind::Secret if is_style(value) => true,
        // `"storageKey":"forms/w9/a747cf39848707c6.pdf"`
        Kind::ApiKey if is_file(value) => true,
        // `"token":"usps_priority"`.
        Kind::Secret => {
            !has_digit
                && value.contains('_')
                && value.len() <= 32
                && value.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_')
                && !value.bytes().any(|b| b.is_ascii_lowercase()) | !value.bytes().any(|b| b.is_ascii_uppercase())
        }
        // `["totp","webauthn"]`: ways to log in.
        Kind::Password => {
            ["webauthn", "sms", "totp", "otp", "u2f", "fido2", "passkey", "push", "authenticator", "app", "voice"]
                .contains(&value)
        }
        // `"mobile":1`, `"cell":"LTE-0589"`: too few digits for a telephone's. Digits of other scripts are digits too.
        Kind::Phone if value.is_ascii() => {
            let digits = value.bytes().filter(u8::is_ascii_digit).count();
            let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
            // `"surgeCells":["393e43930fd37f3"]`
            let code = letters >= 2 && value.len() >= 8 && value.bytes().all(|b| b.is_ascii_alphanumeric());
            is_uuid(value.as_bytes())
                || code
                || value.len() < 24 && (digits < 4 || (letters >= 3 && digits < 7 && !value.contains('*')))
        }
        // Of a number with as many digits some address may be made, of one with fewer none of a client's.
        Kind::Ip => !value.contains([':', '.', '%']) && (value.len() < 8 || !has_digit),
        // `"licence":"MIT"`.
        Kind::DriverLicense => {
            let digits = value.bytes().filter(u8::is_ascii_digit).count();
            // `XT63 FKO` of a car.
            let plate = value.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b' ' | b'-'));
            value.is_ascii() && digits < if plate && value.len() >= 5 { 1 } else { 3 }
        }
        // `"branchCode":"main"`.
        Kind::Bank => !has_digit && value.is_ascii() && value.len() < 8,
        // `"shippingState":"in_transit"`.
        Kind::Address => {
            let word = |b: u8| b.is_ascii_lowercase() || b == b'_';
            // A machine's: `rsp.esim.example`.
            let host = value.contains('.') && value.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'.' | b'-'));
            host || value.bytes().all(word) && (value.contains('_') || STATES.contains(&value))
                || STATES.iter().any(|state| value.eq_ignore_ascii_case(state))
        }
        // `"phone":"home"`, `"mobile":"iOS"`.
        Kind::Phone | Kind::Geo | Kind::BirthDate | Kind::Ssn | Kind::Itin | Kind::Nhs | Kind::NationalId => {
            !has_digit && value.is_ascii() && value.len() < 24
        }
        Kind::Mac => !value.contains([':', '-', '.', '%']) && value.bytes().filter(u8::is_ascii_hexdigit).count() != 12,
        // A repository's: `"full_name":"acme/storefront"`.
        Kind::Name => {
            value.is_ascii()
                && value.contains('/')
                && !value.contains(' ')
                && value.bytes().any(|b| b.is_ascii_lowercase())
        }
        // `"wallet":"apple-pay"`: no network's address is so short, or has spaces.
        Kind::Wallet => {
            value.len() < 24 || value.contains(' ') || is_uuid(value.as_bytes()) || traits::is_time(value.as_bytes())
        }
        // How one logs in: `"auth":"manual"`.
        Kind::Auth => [
            "manual",
            "ldap",
            "saml",
            "local",
            "kerberos",
            "sso",
            "cas",
            "basic",
            "bearer",
            "digest",
            "oauth",
            "oauth2",
            "jwt",
            "apikey",
            "required",
            "optional",
            "anonymous",
            "include",
            "omit",
            "same-origin",
            "public",
        ]
        .iter()
        .any(|word| value.eq_ignore_ascii_case(word)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str) -> Option<Kind> {
        Names::new(&Rules::builtin()).sense(name, Role::NONE).verdict.map(|v| v.kind)
    }

    #[test]
    fn every_spelling_of_a_name_is_the_same_name() {
        for name in [
            "dateOfBirth",
            "date-of-birth",
            "date_of_birth",
            "DATE.OF.BIRTH",
            "Date Of Birth",
            "dateofbirth",
            "DateOfBirth",
            "user[date_of_birth]",
            "customer.dateOfBirth",
            "DOB",
            "userDOB",
            "dob_1",
        ] {
            assert_eq!(kind(name), Some(Kind::BirthDate), "{name}");
        }
        for name in [
            "email",
            "Email",
            "e-mail",
            "E_MAIL",
            "billingEmail",
            "user[email]",
            "emailAddress",
            "email2",
            "useremail",
            "emails",
            "email_confirmation",
        ] {
            assert_eq!(kind(name), Some(Kind::Email), "{name}");
        }
        for name in [
            "customer.phone_number",
            "phoneNumber",
            "PHONE",
            "mobile",
            "homePhone",
            "phone_e164",
            "Téléphone",
            "teléfono",
            "Handynummer",
        ] {
            assert_eq!(kind(name), Some(Kind::Phone), "{name}");
        }
    }

    #[test]
    fn names_of_other_languages_and_of_others() {
        for (name, wanted) in [
            ("adres_zamieszkania", Kind::Address),
            ("straatnaam", Kind::Address),
            ("indirizzoResidenza", Kind::Address),
            ("rueckrufnummer", Kind::Phone),
            ("Telemóvel", Kind::Phone),
            ("rodné_číslo", Kind::NationalId),
            ("Fødselsnummer", Kind::NationalId),
            ("doğumTarihi", Kind::BirthDate),
            ("születési_idő", Kind::BirthDate),
            ("apellido_paterno", Kind::Name),
            ("hanyu_pinyin_name", Kind::Name),
            ("nama-lengkap", Kind::Name),
            ("fatherName", Kind::Name),
            ("nameOfSpouse", Kind::Name),
            ("dob_of_guardian", Kind::BirthDate),
            ("clave_acceso", Kind::Password),
            ("chavePix", Kind::Bank),
            ("presharedKey", Kind::ApiKey),
            ("cust_nm", Kind::Name),
            ("ZIP_CD", Kind::Address),
            ("AcctHolderNm", Kind::Name),
            ("psprtNo", Kind::Passport),
            ("dob_dt", Kind::BirthDate),
            ("адрес регистрации", Kind::Address),
            ("номер водительского удостоверения", Kind::DriverLicense),
            ("เลขบัตรประชาชน", Kind::NationalId),
            ("số hộ chiếu", Kind::Passport),
        ] {
            assert_eq!(kind(name), Some(wanted), "{name}");
        }
        for name in [
            "nameOfProduct",
            "date_of_delivery",
            "parentName",
            "packageManagerName",
            "subjectName",
            "ciudades_de",
            "prod_nm",
            "ship_dt",
            "water_ph",
            "tm_strt",
            "doc_nbr",
            "customerAccount",
            "имя файла",
            "网址",
            "doc_nm",
        ] {
            assert_eq!(kind(name), None, "{name}");
        }
    }

    #[test]
    fn credentials_are_known_by_name() {
        for (name, wanted) in [
            ("password", Kind::Password),
            ("newPassword", Kind::Password),
            ("password_confirmation", Kind::Password),
            ("pwd", Kind::Password),
            ("pin", Kind::Password),
            ("clientSecret", Kind::Secret),
            ("client_secret", Kind::Secret),
            ("refreshToken", Kind::Secret),
            ("X-CSRF-Token", Kind::Secret),
            ("_csrf", Kind::Secret),
            ("X-Amz-Signature", Kind::Secret),
            ("x-amz-security-token", Kind::Secret),
            ("x-api-key", Kind::ApiKey),
            ("apiKey", Kind::ApiKey),
            ("AWS_SECRET_ACCESS_KEY", Kind::ApiKey),
            ("Authorization", Kind::Auth),
            ("PROXY-AUTHORIZATION", Kind::Auth),
            ("cookie", Kind::Cookie),
            ("Set-Cookie", Kind::Cookie),
            ("connect.sid", Kind::Cookie),
            ("cvv", Kind::Card),
            ("cardNumber", Kind::Card),
            ("card[number]", Kind::Card),
            ("card.exp_month", Kind::Card),
            ("ssn", Kind::Ssn),
            ("iban", Kind::Iban),
            ("accountNumber", Kind::Bank),
            ("routing_number", Kind::Bank),
            ("x-forwarded-for", Kind::Ip),
            ("remoteAddress", Kind::Ip),
            ("clientIp", Kind::Ip),
            ("client_ip_address", Kind::Ip),
            ("passportNumber", Kind::Passport),
            ("drivers_license", Kind::DriverLicense),
            ("first_name", Kind::Name),
            ("customerName", Kind::Name),
            ("billing[name]", Kind::Name),
            ("shippingAddress", Kind::Address),
            ("billing_city", Kind::Address),
            ("zip", Kind::Address),
            ("lat", Kind::Geo),
            ("Straße", Kind::Address),
        ] {
            assert_eq!(kind(name), Some(wanted), "{name}");
        }
    }

    #[test]
    fn names_about_something_else_live() {
        for name in [
            "author",
            "monkey",
            "authenticated",
            "accept",
            "accept-encoding",
            "tokenize",
            "tokenizer",
            "id",
            "session_id",
            "sessionId",
            "event_id",
            "status",
            "type",
            "method",
            "route",
            "path",
            "duration",
            "duration_ms",
            "timestamp",
            "name",
            "product_name",
            "productName",
            "filename",
            "hostname",
            "token_type",
            "tokenType",
            "card_brand",
            "cardType",
            "email_verified",
            "emailVerified",
            "phone_type",
            "address_id",
            "country",
            "country_code",
            "city",
            "description",
            "public_key",
            "nextPageToken",
            "total_tokens",
            "idempotency-key",
            "cc",
            "etag",
            "traceparent",
            "user-agent",
            "sec-ch-ua-mobile",
            "zone",
            "pinned",
            "spin",
            "shipping",
            "keyboard",
            "passenger_count",
            "compass",
            "latency",
            "slated",
            "ipsum",
            "title",
            "price",
            "access-control-allow-headers",
            "content-type",
            "origin",
            "referer",
            "host",
            "cache-control",
            "if-none-match",
            "outcome",
            "size",
            "query",
            "params",
            "body",
            "request",
            "response",
            "requiresAuth",
            "cookie_consent",
            "errorCode",
            "sid",
            "nonce",
            "mailer",
            "telemetry",
        ] {
            assert_eq!(kind(name), None, "{name}");
        }
    }

    #[test]
    fn a_role_makes_plain_words_personal() {
        let names = Names::new(&Rules::builtin());
        let in_role = |name, role| names.sense(name, role).verdict.map(|v: Verdict| v.kind);
        assert_eq!(in_role("name", Role::PERSON), Some(Kind::Name));
        assert_eq!(in_role("city", Role::ADDRESS), Some(Kind::Address));
        assert_eq!(in_role("number", Role::CARD), Some(Kind::Card));
        assert_eq!(in_role("number", Role::BANK), Some(Kind::Bank));
        assert_eq!(in_role("brand", Role::CARD), None);
        assert_eq!(names.sense("customer", Role::NONE).role, Role::PERSON);
        assert_eq!(names.sense("users", Role::NONE).role, Role::PERSON);
        assert!(names.sense("billingAddress", Role::NONE).role.meets(Role::ADDRESS));
        assert_eq!(names.sense("order_id", Role::NONE).hint, Hint::Identifier);
        assert_eq!(names.sense("invoiceNumber", Role::NONE).hint, Hint::Identifier);
        assert_eq!(names.sense("appVersion", Role::NONE).hint, Hint::Version);
        assert_eq!(names.sense("User-Agent", Role::NONE).hint, Hint::Version);
    }

    #[test]
    fn what_says_nothing_under_a_personal_name() {
        for (kind, value) in [
            (Kind::NationalId, "q10"),
            (Kind::Email, "msg_6WokC9oAuXY5emJD"),
            (Kind::Email, "contact.primary_email"),
            (Kind::Secret, "~4.0.1"),
            (Kind::Secret, "#51eae0"),
            (Kind::Secret, "8px"),
            (Kind::ApiKey, "forms/w9/a747cf39848707c6.pdf"),
            (Kind::ApiKey, "${API_KEY}"),
            (Kind::Password, "{{db.password}}"),
            (Kind::Name, "Kestrel Systems GmbH"),
            (Kind::Wallet, "2026-06-13T15:47:24.741Z"),
        ] {
            assert!(says_nothing(kind, value), "{kind} {value}");
        }
        for (kind, value) in [
            (Kind::NationalId, "1234567"),
            (Kind::Email, "ada_berg"),
            (Kind::Secret, "4.0.1.9f"),
            (Kind::Password, "$ecret_1"),
            (Kind::Name, "Sarah Ltdale"),
        ] {
            assert!(!says_nothing(kind, value), "{kind} {value}");
        }
    }
}
