//! The words that names are made of: which are somebody's, which are a thing's, and which are looked past. Lists only; how
//! they meet a name stands in [`names`](super).

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::{Hint, How, NameHash, Role};
use crate::pii::kind::Kind;
use crate::pii::languages::SHORT;

/// The sensitive names of one kind: joined words, singular, lower case, without accents. A leading `=` asks for the whole
/// name: `fin` is a Finnish or Singaporean id, `date_fin` and `is_fin` are not.
pub(super) struct Family(pub(super) Kind, pub(super) How, pub(super) &'static [&'static str]);

#[rustfmt::skip]
pub(super) const FAMILIES: &[Family] = &[
    Family(Kind::Password, How::Whole, &[
        "password", "passwd", "pwd", "passphrase", "passcode", "psw", "pswd",
        "pin", "pinnumber", "puk", "pukcode", "otp", "otpcode", "totp", "mfacode", "twofactorcode", "2facode", "verificationcode",
        "onetimecode", "onetimepassword", "recoverykey", "recoverycode", "backupcode", "securityanswer", "secretanswer", "smscode", "totpcode", "hotpcode", "tfacode", "logincode", "signincode", "authenticatorcode", "koddostepu", "codigodeacceso", "codigoacceso", "codeacces", "zugangscode", "codiceaccesso", "toegangscode",
        "passwordutente", "passwordusuario", "passwordutilisateur", "passwordbenutzer", "passwordgebruiker", "passwordconfirmation", "passwordconfirm", "passwordagain", "passwordrepeat",
        "passwordverify", "passwordcheck", "passwortbestaetigung", "passwortwiederholung",
        "passwort", "kennwort", "contrasena", "clave", "motdepasse", "mdp", "senha", "wachtwoord", "haslo",
        "losenord", "parola", "passord", "adgangskode", "heslo", "jelszo", "sifre", "salasana", "contrasenya", "palavrapasse",
        "smtppass", "dbpass", "gatecode", "doorcode", "entrycode", "keypadcode", "lockcode", "alarmcode", "buzzercode", "lockboxcode", "safecode", "wifipsk", "wpakey", "wpapsk", "pword", "cryptpw", "userpass", "mailpass", "adminpass", "rootpass", "ftppass", "sshpass", "smstan", "=tan", "mtan", "unlockcode", "bestaetigungscode", "bestatigungscode", "verifizierungscode", "codeverification", "codigoverificacion", "codicediverifica", "verificatiecode", "kodweryfikacyjny", "codigodeverificacao", "accesscode", "securitypin", "cardpincode", "pinentry", "pwhash", "userpw", "dbpw", "totpsecret",
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
        "invitecode", "invitationcode", "seedphrase", "mnemonic", "recoveryphrase",
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
        "cvv", "cccvc", "ccvv", "cccvv", "cccvn", "cvc", "cvn", "csc", "cardcvv", "cardcvc", "cvvnumber", "cvccode", "cvvcode", "csccode", "securitycode",
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
        "cpf", "nric", "=fin", "hetu", "henkilotunnus", "=cnp", "=egn", "=mbi",
        "healthcardnumber", "insurancememberid", "insurancemembernumber", "insurancememberno", "insurancesubscriberid", "insurancecardnumber", "healthplanmemberid", "healthplanid", "medicalmemberid", "healthinsurancenumber", "insurancenumber", "residentregistrationnumber", "=fnr", "uinfin", "nricfin", "taxidde", "idnrsteuer", "steueridde", "peselid", "citizenservicenumber", "applicanttfnnumber", "taxidnl", "taxides", "taxidit", "taxidfr", "taxidpl", "taxiduk", "uidaino", "uidainbr", "uidainumber",
]),
    Family(Kind::Passport, How::Whole, &[
        "passport", "paspoort", "paspoortnummer", "numeropassaporto", "numeropasaporte", "numeropassaporte", "numeropasseport", "numerodepasseport",
        "numerodepasaporte", "passnummer", "passnr", "reisepassnr", "paszport", "numerpaszportu", "pasnummer", "passportnumber", "passportno", "passportnum", "passportid", "traveldocument",
        "traveldocumentnumber", "traveldocumentno", "traveldoc", "traveldocnumber", "traveldocno", "traveldocnum", "reisepass", "reisepassnummer", "pasaporte", "numeropasaporte", "passeport",
        "passaporto", "passaporte", "passportbiometric", "biometricpassport", "passportcard", "passportbook", "pptno", "pptnum", "pptnumber", "pptnr", "passno",
    ]),
    Family(Kind::DriverLicense, How::Whole, &[
        "driverlicense", "driverslicense", "driverslicenseeu", "driverlicenseeu", "drivinglicenceeu", "licenceno", "licenseno", "drivinglicencecode", "=licence", "driverlicence", "driverslicence", "drivinglicense", "drivinglicence",
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
        "sortcode", "bankcode", "bsb", "kontonummer", "checkingaccount", "savingsaccount", "kontoverbindung", "payoutaccount", "beneficiaryaccount", "=aba",
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
        "localaddress", "localaddr", "serveraddress", "hostaddress", "networkaddress", "boundaddress", "bindaddress", "clanname", "guildname",
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
        "vorname", "nachname", "familienname", "benutzername", "anvandarnamn", "brukernavn", "brugernavn", "kayttajatunnus", "uzivatelskejmeno", "prenom", "nomdefamille", "nomcomplet", "apellido",
        "primerapellido", "segundoapellido", "nombrecompleto", "cognome", "sobrenome", "nomecompleto", "achternaam",
        "voornaam", "etunimi", "titulairecarte", "nomtitulairecarte", "vollstaendigername", "vollstandigername", "nombredepila", "geburtsname",
        "primeironome", "emergencycontactname", "nomecompletodotitular", "nombredeltitular", "voorletters", "tussenvoegsel", "kontoinhaber", "karteninhaber", "inhaber", "hesapsahibi", "majiteluctu", "kontohaver", "tilinomistaja", "szamlatulajdonos", "titularcont", "titularconta", "titularcuenta", "wlascicielrachunku", "wlascicielkonta", "intestatarioconto", "titulairecompte", "titulaireducompte", "kontoeier", "majitelkarty", "kartsahibi",
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
        "gatuadress", "strnr", "lieferadresse", "rechnungsadresse", "placeofresidence", "codicepostale", "placeofbirth", "birthplace",
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
    Family(Kind::Name, How::Capital, &["titular", "signedby", "signedforby", "typedname", "=wlasciciel", "=majitel", "=vlasnik", "=tulajdonos"]),
    Family(Kind::Name, How::Handle, &["login", "=pseudo", "gamertag", "gamername", "ingamename", "playername", "summonername", "discordtag", "battletag", "mention", "mentioneduser", "netid", "uniqname", "samaccountname", "userlogin"]),
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
    Family(Kind::Secret, How::Whole, &["autostarttoken", "qrstarttoken"]),
    Family(Kind::Secret, How::Link, &[
        "cancelurl", "cancellink", "cancellationurl", "cancellationlink", "signingurl", "signinglink", "signatureurl", "signaturelink", "magiclink", "magicurl", "rsvpurl", "rsvplink",
        "reseturl", "resetlink", "passwordreseturl", "passwordresetlink", "confirmurl", "confirmlink", "confirmationurl", "confirmationlink", "verifyurl",
        "verifylink", "verificationurl", "verificationlink", "activationurl", "activationlink", "inviteurl", "invitelink", "invitationurl", "invitationlink",
        "accepturl", "acceptlink", "unsubscribeurl", "unsubscribelink", "rescheduleurl", "reschedulelink", "loginlink", "signinlink", "onboardingurl",
        "onboardinglink", "boardingpassurl", "optouturl", "optoutlink", "hostedinvoiceurl", "invoicepdf", "portallink", "portalurl", "hostedverificationurl",
    ]),
    Family(Kind::Secret, How::Token, &["authcode", "=verifier", "=refresh", "=access", "=confirm", "=t", "=tok", "=invite", "=invitation", "registrationid", "fcmregistrationid", "oauthstate"]),
    Family(Kind::Password, How::Whole, &["smsotp", "emailotp", "otpsms", "loginotp", "kodblik", "blikcode", "codeblik", "codigoporta", "codigodaporta", "codeporte", "codiceporta", "tuercode", "turcode", "codigopuerta", "secqanswer", "secretqanswer", "securityqanswer", "setupcode", "pairingcode", "claimcode", "provisioningcode", "enrollmentcode", "enrolmentcode"]),
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
pub(super) const OTHER_SCRIPTS: &[(Kind, How, &[&str])] = &[
    (Kind::Name, How::Leaves, &[
        "имя", "фамилия", "отчество", "фио", "полное имя", "ім'я", "прізвище", "име", "口座名義", "口座名義人", "户名", "开户名", "戶名", "예금주", "владелец счета", "владелец карты", "держатель карты", "氏名", "名前", "お名前", "姓名", "姓", "名", "名字", "收货人", "收件人", "联系人", "お届け先名", "届け先名", "受取人", "고객명", "수령인", "ім_я", "трите имена", "наименованиеполное", "получатель", "이름",
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
pub(super) const HARMLESS: &[&str] = &[
    "ratingprofile", "tariffprofile", "loadprofile", "surnamefirst", "lastnamefirst", "familynamefirst", "fiscalsignature", "signaturehash", "signaturedigest", "walletpass", "billingnumber", "devaddr", "lasttransactionkey", "tipocuentabeneficiario", "tipocuentaordenante", "uniqueemailid", "jobprofilename", "jobname", "positionname", "codicedestinatario", "ordername", "secretversion", "secretname", "secretid",
    "publickey", "pagetoken", "starttoken", "batchtoken", "locktoken", "creationtoken", "skiptoken", "cursortoken", "changetoken", "idempotencytoken", "resumetoken", "scrolltoken", "aftertoken", "deltatoken", "watchtoken", "tokencount", "numtokens", "tokenlimit", "tokenbudget", "nameprefix", "namesuffix", "nextpagetoken", "nexttoken", "continuationtoken", "paginationtoken", "prevpagetoken",
    "synctoken", "canceltoken", "cancellationtoken", "maxtokens", "maxtoken", "tokentype",
    "prompttokens", "completiontokens", "totaltokens", "inputtokens", "outputtokens", "cachedtokens",
    "reasoningtokens", "usedtokens",
    "secchuamobile", "ismobile", "hasmobile", "usemobile", "memoryaddress", "baseaddress", "binaddress", "bootloaderaddress", "listenaddress", "bindaddress", "authmethodssupported", "authmethodsupported", "endpointauthmethodssupported", "contractaddress",
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
pub(super) const QUALIFIERS: &[&str] = &[
    "value", "values", "text", "string", "str", "raw", "field", "input", "param", "header", "line", "confirm",
    "confirmation", "again", "repeat", "retype", "verify", "new", "old", "current", "previous", "prev", "hash",
    "hashed", "encrypted",
    "plain", "plaintext", "clear", "original", "normalized", "normalised", "canonical", "lower", "lowercase",
    "formatted", "masked", "primary", "secondary", "alt", "alternate", "alternative", "home", "work", "office",
    "main", "temp", "encoded", "base", "res", "dom", "cli", "tit", "contato", "cliente", "perso", "titulaire", "prive", "privat", "personale", "detail",
    "full", "digits", "last", "first", "one", "two", "private", "personal", "business", "emergency", "en", "ar", "ru", "kana", "kanji", "latin", "uae",
    "val", "scelta", "choisi", "elegida", "gewaehlt", "gewahlt", "gekozen", "escolhida", "wybrane", "wiederholen", "wiederholung", "wdh", "bestaetigen", "bestaetigung", "bestatigen", "repeter", "confirmer", "confirmacion", "confirmar", "repetir",
    "conferma", "ripeti", "herhaal", "bevestig", "powtorz", "potwierdz",
];

/// Words for the object around a name.
#[rustfmt::skip]
pub(super) const ROLES: &[(Role, &[&str])] = &[
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
        "therapist", "practitioner", "stylist", "hairdresser", "advisor", "adviser", "surgeon", "veterinarian", "otherparty", "otherdriver", "pupil", "teacher", "tutor", "instructor", "staffmember", "referee", "approver",
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
        "indirizzo", "endereco", "addr", "adr", "residence", "geolocation", "geoip", "ipgeo", "iplocation",
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
pub(super) const IN_ROLE: &[(Role, Kind, How, &[&str])] = &[
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
        "ort", "stadt", "kaupunki", "postort", "poststed", "localidade", "localidad", "comuna", "commune", "miejscowosc", "mesto", "sehir", "comune", "localita", "poblacion", "municipio", "gemeinde", "kommune", "plaats", "bundesland", "ciudad", "provincia", "ville", "cidade", "estado", "bairro", "citta", "stad",
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
pub(super) const LATENT: &[(Role, Kind, How, &[&str])] = &[
    (Role::PERSON, Kind::Name, How::Leaves, &["fore", "sur", "sname", "nick", "tendem", "familya", "chue", "jina", "vnamc", "namev", "nachn", "vorna", "ename", "familia", "ho", "ten", "kana", "xing", "ming", "name", "ape", "apes", "holder", "nombre", "nom", "nome", "naam", "subjectname", "parentname", "childname", "partnername",
        "managername", "consumername", "ptname", "isim", "navn", "namn", "nume", "ad", "adi", "imie", "jmeno", "meno", "nimi", "ime", "nama", "sn", "gn", "fn", "ln", "sellername", "shipname", "shiptoname", "nameonlabel", "labelname", "vendorname", "couriername", "workername", "accountname", "aliasname", "localname", "knownas", "first", "last", "family", "given", "cn", "sei", "mei", "nomeproprio", "formattedname", "printname"]),
    // `{"ip":"…","city":"Tucson"}`: where somebody is.
    (Role::PERSON.and(Role::ADDRESS).and(Role::SOMEONE), Kind::Address, How::Leaves, &["city", "cityname", "citylocality"]),
    (Role::PERSON.and(Role::ADDRESS), Kind::Address, How::Leaves, &["townname", "cidade", "ciudad", "ville", "miasto", "citta", "town", "locality", "suburb", "postort", "poststed", "localidade", "localidad", "kaupunki", "paikkakunta", "postitoimipaikka", "miejscowosc", "mesto", "varos", "oras", "sehir", "localita", "poblacion", "municipio", "kommune", "comune", "citynm", "misto", "gorod", "telepules", "str", "ort", "stadt", "stad", "plaats", "gemeinde", "concelho", "freguesia",
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
    // Where a candidate or a member lives.
    (Role::PERSON.and(Role::ADDRESS), Kind::Address, How::Capital, &["location"]),
    // Beside a street whoever gets something lives there, whatever the name.
    (Role::ADDRESS, Kind::Name, How::Leaves, &["recipient", "consignee", "addressee", "deliverto", "shipto"]),
    (Role::CARD, Kind::Card, How::Whole, &["scad", "ablauf", "verval", "cid", "cvd", "cryptogram", "codigoverificacion", "pruefziffer", "seriescode", "cv", "cvx", "ed", "skt", "sonkullanma", "masaberlaku", "geldigtot", "validnost", "exp", "expire", "expiry", "expiration", "expires", "expiredate", "expirydate", "expirationdate", "dateexpiration", "fechacaducidad",
        "fechaexpiracion", "fechavencimiento", "caducidad", "lejarat", "scadenza", "validade", "vencimento", "validthrough", "validuntil", "mmyy", "expmmyy", "expirymmyy", "expiresoncard", "validuntilcard", "vencimiento", "validite", "gueltigkeit", "gultigkeit", "waznosc", "datascadenza", "datavalidade", "vervaldatum", "ablaufdatum", "gueltigbis", "validthru", "pruefziffer", "prufziffer", "valid"]),
    (Role::PERSON.and(Role::ADDRESS), Kind::Address, How::Leaves, &["line", "adr", "pcode", "pc",
]),
    (Role::BANK, Kind::Bank, How::Leaves, &["account", "konto", "cuenta", "conto", "conta", "compte", "rachunek", "rekening", "ucet", "agencia", "secondaryidentification"]),
    (Role::PERSON, Kind::NationalId, How::Whole, &["idnumber", "idno", "idnum", "docnumber", "docno", "documentnumber"]),
];

/// Parts of addresses that are parts of much else behind another word: `employee_number`.
#[rustfmt::skip]
pub(super) const PARTS: &[&[u8]] = &[b"number", b"numero", b"nummer", b"nro", b"by", b"gate", b"il", b"unit", b"block", b"area", b"add", b"dist", b"ward", b"shi", b"qu", b"poli", b"district", b"building", b"province", b"county"];

/// What patterns a name rules out, by its last word.
#[rustfmt::skip]
pub(super) const HINTS: &[(Hint, &[&str])] = &[
    (Hint::Identifier, &[
        "id", "ids", "uuid", "guid", "ulid", "ref", "reference", "order", "invoice", "tracking", "transaction", "messageid", "mid", "malo", "melo", "etag",
        "hash", "sha", "md", "digest", "checksum", "trace", "traceparent", "tracestate", "span", "nonce", "cursor",
        "serial", "traceno", "tracenumber", 
        "ordernumber", "orderno", "invoicenumber", "invoiceno", "trackingnumber", "trackingno", "serialnumber",
        "receiptno", "receiptnumber", "receipt", "serialno", "ticketnumber", "referencenumber", "referenceno",
        "confirmationnumber", "batchnumber", "casenumber", 
        
        "purchaseordernumber", "ponumber", "transactionnumber", "shipmentnumber", "customernumber",
        "tag", "quote", "quoteno", "quotenumber", "cisloobjednavky", "siparisno", "siparisnumarasi", "numerzamowienia", "nrzamowienia", "rendelesszam", "ordrenummer", "ordrenr", "ordernr", "ordernummer", "bestallningsnummer", "tilausnumero", "numarcomanda", "brojnarudzbe", "numeropedido", "numerodepedido", "pedido", "numerocommande", "numerodecommande", "commande", "bestellnummer", "bestellung",
        "bestelnummer", "numeroordine", "ordine", "numerofactura", "factura", "facture", "rechnungsnummer", "rechnung",
        "auftragsnummer", "numerofattura", "snowflake", "awb", "mawb", "hawb", "waybill", "airwaybill", "imo", "mmsi", "membernumber", "memberno", "npi", "rrn", "bookingnumber", "flightnumber", "timestamp", "ts", "time", "date", "at",
        "created", "updated", "modified", "expires", "expiry", "since", "until",
        "index", "offset", "sequence", "seq", "count", "size", "length", "price", "amount", "total", "subtotal",
        "tax", "quantity", "qty", "slug", "nextpagetoken", "ifnonematch", "fingerprint",
    ]),
    (Hint::Article, &[
        "sku", "ean", "upc", "gtin", "isbn", "asin", "partnumber", "itemnumber", "productnumber", "modelnumber", "modelno", "modelcode", "itemcode", "articleno", "articlenumber", "articlecode", "artikelnummer", "artikelnr",
        "artnr", "mpn", "productcode", "variantcode", "stockcode", "partno", "materialnumber", "codigoarticulo", "codearticle", "codicearticolo", "kodproduktu", "artikelcode", "lotnumber", "ndc", "barcode",
    ]),
    (Hint::Version, &[
        "version", "ver", "patch", "hotfix", "useragent", "ua", "build", "revision", "release", "secchua", "fullversionlist",
        "disttag", "firmware", "platformversion", "appversion", "sdk", "fw", "fwver", "swver", "hwver", "deps", "dep", "dependency", "vers", "versao", "versione", "versie", "wersja", "verze",
    ]),
];

/// Words of names under which four numbers are an address, however low.
#[rustfmt::skip]
pub(super) const MACHINES: &[&[u8]] = &[
    b"ip", b"ips", b"ipv", b"addr", b"addrs", b"saddr", b"daddr", b"address", b"addresses", b"host", b"hosts", b"hostname", b"peer", b"peers", b"client", b"clients", b"clienthost", b"remote", b"src", b"source", b"dst", b"dest", b"destination", b"from", b"origin",
    b"orig", b"server", b"servers", b"gateway", b"node", b"nodes", b"dns", b"rdns", b"login", b"banned", b"blocked", b"allowed", b"denied", b"whitelist", b"blacklist", b"allowlist", b"blocklist", b"caller", b"visitor", b"network", b"endpoint", b"router",
];

/// Which of several versions a field tells.
pub(super) const BOUNDS: &[&[u8]] = &[
    b"id",
    b"number",
    b"no",
    b"code",
    b"name",
    b"string",
    b"label",
    b"tag",
    b"info",
    b"min",
    b"max",
    b"minimum",
    b"maximum",
    b"latest",
    b"current",
    b"required",
    b"available",
    b"installed",
    b"target",
    b"from",
    b"to",
    b"new",
    b"old",
    b"before",
    b"after",
    b"expected",
    b"reported",
    b"running",
    b"supported",
    b"since",
    b"until",
    b"needed",
];

/// Members that name a sibling's value, and the siblings they name.
#[rustfmt::skip]
pub(super) const NAMERS: &[&str] = &[
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
pub(super) const NAMED: &[&str] = &[
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
pub(super) const SPARED: &[&str] = &[
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
    "kid",
    "alg",
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
    "bic",
    "biccode",
    "swift",
    "swiftcode",
    "ifsc",
    "ifsccode",
];

/// The ends of calls and messages.
#[rustfmt::skip]
pub(super) const PARTIES: &[&str] = &[
    "from", "to", "anumber", "bnumber", "sender", "recipient", "caller", "callee", "called", "calling", "originator", "destination", "dest", "participant", "contact",
];

/// Where something or somebody is, of which an address or a pair of coordinates is told.
#[rustfmt::skip]
pub(super) const PLACES: &[&str] = &[
    "location", "position", "point", "place", "near", "nearby", "origin", "destination", "pickup", "dropoff", "from", "to", "start", "end", "center",
    "centre", "loc", "ll", "whereabouts", "ubicacion", "posicion", "standort", "posizione", "localisation", "localizacao", "locatie", "waypoint", "checkin",
    "home", "fix", "pos", "track", "trackpoint", "ping", "breadcrumb", "lastseen", "shipto", "deliverto", "billto", "residence", "residenza", "residencia", "dropat", "deliveryto", "site", "premises", "currentlocation", "stop", "dropofflocation",
    "pickuplocation", "venue", "foyer", "livraison", "whereto", "lastlocation", "q", "query", "daddr", "saddr", "sll", "viewpoint", "userlocation", "lastknownlocation", "knownlocation", "line", "formatted", "formattedaddress",
];

/// Text that people write, where a name says nothing about what it holds. All other names are a [`Hint::Field`].
#[rustfmt::skip]
pub(super) const TEXTS: &[&str] = &[
    "text", "message", "msg", "comment", "note", "body", "content", "description", "subject", "log", "query", "q", "input",
    "value", "data", "detail", "reason", "summary", "remark", "feedback", "answer", "question", "prompt", "caption", "bio",
    "about", "raw", "payload", "sentence", "line", "stack", "error", "output", "string", "str", "sample", "example",
];

/// Endings glued to a word before them, all in lower case: `useremail`, `newpassword`.
pub(super) const GLUED: &[(&str, Kind, How)] = &[
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

/// Who wrote a book, or a comment.
pub(super) const AUTHORS: &[&[u8]] = &[b"author", b"autor", b"auteur", b"autore", b"autora", b"verfasser", b"afzender"];

/// Words for a name, as the last of a field's: `consumerName`, `tenant_name`.
#[rustfmt::skip]
pub(super) const NAME_WORDS: &[&[u8]] = &[
    b"name", b"nom", b"nome", b"nombre", b"navn", b"namn", b"naam", b"nimi", b"jmeno", b"imie", b"nume", b"adi", b"nm",
];

/// What has a name and is nobody.
#[rustfmt::skip]
pub(super) const THINGS: &[&[u8]] = &[
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
    b"recipe", b"record", b"weapon", b"region", b"release", b"repo", b"repository", b"report", b"resort", b"resource", b"restaurant", b"role", b"room", b"route", b"rule", b"salon",
    b"scenario", b"schema", b"school", b"scope", b"screen", b"season", b"section", b"sector", b"segment", b"series", b"server", b"service", b"set", b"shelter", b"shop",
    b"show", b"site", b"skill", b"software", b"song", b"source", b"space", b"sport", b"stage", b"state", b"station", b"status", b"step", b"stop", b"store", b"stream",
    b"street", b"studio", b"style", b"subject", b"supplier", b"survey", b"system", b"tab", b"table", b"tag", b"target", b"task", b"team", b"template", b"tenant",
    b"terminal", b"test", b"theme", b"tier", b"timezone", b"title", b"tool", b"topic", b"tour", b"town", b"track", b"trade", b"train", b"treatment", b"type", b"unit",
    b"university", b"variable", b"variant", b"vehicle", b"vendor", b"venue", b"version", b"vessel", b"village", b"ward", b"warehouse", b"workflow", b"workspace",
    b"zone", b"empresa", b"produto", b"producto", b"produit", b"produkt", b"prodotto", b"firma", b"societe", b"azienda", b"ville", b"curso", b"cours", b"kurs", b"evento", b"urun", b"sirket",
    b"magaza", b"sube", b"tienda", b"marca", b"loja", b"magasin", b"entreprise", b"foretag", b"sklep", b"negozio", b"marchio", b"bedrijf", b"winkel", b"tuote",
    b"yritys", b"obchod", b"verein", b"schule", b"ecole", b"escuela", b"escola", b"scuola", b"skola", b"szkola", b"kirche", b"abteilung", b"filiale",
];

/// Words that ask, of which the answer is yes or no.
pub(super) const ASKS: &[&[u8]] = &[
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
    b"enabled",
    b"allows",
    b"can",
    b"should",
    b"uses",
    b"accepts",
    b"missing",
    b"with",
    b"without",
    b"no",
    b"force",
];

/// Of [`THINGS`], what may be a person.
pub(super) const SOMETIMES_SOMEBODY: &[&[u8]] = &[
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
pub(super) mod mark {
    pub(in super::super) const THING: u16 = 1;
    pub(in super::super) const SOMETIMES_SOMEBODY: u16 = 1 << 1;
    pub(in super::super) const SOMEBODY: u16 = 1 << 2;
    pub(in super::super) const ASKS: u16 = 1 << 3;
    pub(in super::super) const PREFIX: u16 = 1 << 4;
    pub(in super::super) const FIELD_PREFIX: u16 = 1 << 5;
    pub(in super::super) const NAME: u16 = 1 << 6;
    pub(in super::super) const NOT_AFTER: u16 = 1 << 7;
    pub(in super::super) const KEY_OF_DATA: u16 = 1 << 8;
    pub(in super::super) const SHORT: u16 = 1 << 9;
    pub(in super::super) const MACHINE: u16 = 1 << 10;
}

/// The lists of words for marks, as one table: a word is looked up once, not compared with hundreds.
pub(super) static MARKS: LazyLock<HashMap<&[u8], u16, BuildHasherDefault<NameHash>>> = LazyLock::new(|| {
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
        (mark::MACHINE, MACHINES),
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
pub(super) fn marks(word: &[u8]) -> u16 {
    MARKS.get(word).copied().unwrap_or(0)
}

/// Those who do something, or to whom it is done.
#[rustfmt::skip]
pub(super) const SOMEBODY: &[&[u8]] = &[
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
pub(super) const COUNTRIES: &[&[u8]] = &[
    b"dk", b"se", b"fi", b"de", b"fr", b"es", b"it", b"nl", b"pl", b"pt", b"br", b"us", b"uk", b"gb", b"sg", b"my",
    b"ar", b"cl", b"mx", b"tr", b"ro", b"bg", b"hr", b"si",
];

/// What stands before the names of columns and variables: sorts of them, and whose they are.
#[rustfmt::skip]
pub(super) const PREFIXES: &[&[u8]] = &[
    b"txt", b"str", b"fld", b"inp", b"tb", b"hdn", b"frm", b"nr", b"num", b"nm", b"ds", b"dt", b"dat", b"cd", b"cod", b"tx", b"vl", b"lib", b"adr", b"empf", b"kd", b"ku", b"sacado", b"pagador", b"devedor",
    b"cnee", b"loc", b"end", b"klant", b"cli", b"utente", b"alunno", b"kunde", b"klient", b"zak", b"registrant", b"dest", b"benef", b"tit", b"ben", b"sz",
];

/// What form builders and programmers put before a field's name.
pub(super) const FIELD_PREFIXES: &[&[u8]] = &[
    b"txt", b"str", b"fld", b"inp", b"tb", b"hdn", b"field", b"input", b"form", b"frm", b"p", b"x", b"in", b"user",
    b"cust", b"datos", b"usr",
];

/// Words that say at the beginning of a name what it is.
#[rustfmt::skip]
pub(super) const FIRST_WORDS: &[(Kind, &[&[u8]])] = &[
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
pub(super) const NOT_AFTER: &[&[u8]] = &[
    b"ip", b"ipv", b"mac", b"url", b"web", b"id", b"tipo", b"type", b"typ", b"valido", b"valide", b"valid", b"gueltig", b"verificado", b"verificata", b"verificato", b"verifie", b"verified", b"verifiziert", b"ativo",
    b"activo", b"envoye", b"enviado", b"count", b"anzahl", b"status", b"statut", b"estado", b"confirmado", b"confirme", b"opt", b"optin", b"hash", b"length", b"format", b"country", b"countries", b"currencies", b"formats", b"supported", b"pais", b"pays", b"land", b"mismatch", b"check", b"match",
    b"required", b"present", b"provided", b"exists", b"field", b"label", b"error", b"policy", b"regel", b"rule", b"min", b"max", b"at", b"on", b"aktiv", b"bestatigt", b"existe", b"obrigatorio", b"requerido", b"expira", b"reset",
    b"is", b"has", b"bank", b"bic", b"s3", b"extension", b"ext", b"extra", b"prefix", b"code", b"unico", b"server", b"serveur", b"servidor", b"entreprise", b"empresa", b"magasin", b"tienda", b"loja", b"filiale", b"warehouse",
];

/// Keys by which data is found, which open nothing.
#[rustfmt::skip]
pub(super) const KEYS_OF_DATA: &[&[u8]] = &[
    b"cache", b"idempotency", b"idempotent", b"partition", b"sort", b"primary", b"foreign", b"object", b"dedup", b"dedupe", b"deduplication", b"message", b"group", b"translation", b"i18n", b"unique", b"hash", b"range",
    b"shard", b"surrogate", b"natural", b"index", b"lookup", b"composite", b"file", b"image", b"blob", b"upload", b"exam", b"issue", b"project", b"jira", b"feature", b"flag", b"config", b"setting", b"settings", b"parent", b"entity", b"event", b"metric",
    b"row", b"record", b"s3", b"bucket", b"item", b"product", b"order", b"variant", b"locale", b"lang", b"label", b"column", b"field", b"map", b"dictionary", b"redis", b"lock", b"queue", b"job", b"task", b"build", b"artifact", b"asset", b"template",
    b"page", b"section", b"node", b"tree", b"public", b"host", b"etag", b"query", b"rate", b"limit", b"answer", b"topic", b"kafka", b"track", b"album", b"song", b"param", b"theme", b"color", b"context", b"plugin", b"block", b"tenant", b"org", b"team",
    b"report", b"widget", b"dashboard", b"chart", b"state", b"search", b"filter", b"data", b"document", b"doc", b"path", b"url", b"route", b"resource", b"request", b"trace", b"correlation", b"transaction", b"payment", b"merge", b"join", b"compound", b"content", b"media",
    b"video", b"audio", b"thumbnail", b"snapshot", b"backup", b"export", b"import", b"log", b"table", b"schema", b"model", b"option", b"menu", b"tag", b"category", b"country", b"currency", b"user", b"customer", b"session", b"distinct", b"bucketing", b"experiment", b"next", b"last", b"start",
    b"end", b"exclusive", b"evaluated", b"continuation", b"pagination", b"scroll", b"cursor", b"paging", b"pk", b"sk", b"gsi", b"stripe", b"publishable", b"anon", b"contact", b"member", b"listing", b"agent", b"office", b"employee", b"account", b"client", b"lead", b"deal", b"answers", b"pubkey", b"peer", b"verification", b"ownership", b"certificate", b"key",
];
