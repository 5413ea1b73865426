//! Free sentences: what people and programs write, with and without personal data in it.

use fastrand::Rng;

use super::case::Case;
use super::expand::Expander;
use super::template::Tpl;
use super::value::one;

/// What people write to support, to each other, to a form.
const PEOPLE: &[&str] = &[
    "Hi, please change my address book entry to <<email>>, the old one bounces.",
    "You can reach me at <<email>> or by phone at <<phone_world>> after six.",
    "My phone number is <<phone>> and I am usually home in the evening.",
    "Call me back on <<phone_world>> please, the chat keeps freezing.",
    "tel. <<phone>>, mail <<email>>",
    "I paid with card <<card>> and the charge appears twice on the statement.",
    "The card number <<card>> expired, can I add another one?",
    "Please refund to IBAN <<iban>> as agreed with your colleague.",
    "my iban: <<iban>>",
    "SSN <<ssn>> was rejected by the form, what now?",
    "The applicant's social security number is <<ssn>>, please verify.",
    "ITIN <<itin>> was issued last spring.",
    "My National Insurance number is <<nino>> and payroll needs it.",
    "NHS number <<nhs>> belongs to the wrong surgery.",
    "SIN: <<sin>> should be on the T4 slip.",
    "Her TFN is <<tfn>> according to the letter.",
    "Medicare number <<medicare>> does not scan.",
    "Aadhaar <<aadhaar>> is linked already, says the portal.",
    "PAN <<pan>> is shown as inactive.",
    "Passport number <<passport>> expires before the trip.",
    "Driver license number <<licence>> was uploaded upside down.",
    "I sent 0.05 BTC to <<wallet>> an hour ago and nothing happened.",
    "payout address <<wallet>> please, not the one from March",
    "My router shows <<mac>> but the portal blocks it.",
    "I get a 403 from <<ip4>> only, other connections are fine.",
    "The login from <<ip6>> was not me!",
    "Somebody posted the key <<vendor_key>> in the channel, rotate it please.",
    "password: <<token>> does not work any more",
    "Your reset link https://app.acme-corp.io/reset?token=<<token>> has a dead button.",
    "Write to <<email>>; he knows about order {{order_no}} too.",
    "Contact (<<email>>) agreed to the {{product}} on {{date}}.",
    "Forwarded by <<email>>, cc <<email>>: please see invoice {{invoice_no}}.",
    "Meine neue Nummer lautet <<phone_world>>, bitte im System ändern.",
    "Bitte überweisen Sie den Betrag auf das Konto <<iban>> bis Freitag.",
    "Meine Steuer-ID ist <<steuer_id>>, die Bescheinigung fehlt noch.",
    "Schreiben Sie mir an <<email>>, ich antworte am selben Tag.",
    "Ich habe mit der Karte <<card>> bezahlt und keine Rechnung bekommen.",
    "Mon adresse est <<email>>, merci de corriger la commande {{order_no}}.",
    "Vous pouvez m'appeler au <<phone_world>> entre midi et deux.",
    "Mon numéro de sécurité sociale est <<nir>> et le dossier est bloqué.",
    "Mi correo es <<email>> y mi teléfono es <<phone_world>>, gracias.",
    "Mi DNI es <<nif>>, necesito la factura a mi nombre.",
    "NIE <<nie>> caducado según la oficina.",
    "Il mio codice fiscale è <<codice_fiscale>> e vorrei la fattura.",
    "Scrivetemi a <<email>> appena il pacco parte.",
    "O meu CPF é <<cpf>> e o pedido ainda não chegou.",
    "Meu celular é <<phone_world>>, pode mandar mensagem.",
    "Mijn BSN is <<bsn>> en mijn mail is <<email>>.",
    "Bel me op <<phone_world>> als het pakket er is.",
    "Mój PESEL to <<pesel>>, proszę o poprawienie umowy.",
    "Proszę o kontakt: <<email>> lub <<phone_world>>.",
    "Mitt personnummer är <<personnummer>> och jag saknar kvittot.",
    "AHV-Nummer <<ahv>> steht auf dem Ausweis.",
    "NRIC <<nric>> cannot be read by the kiosk.",
    "Напишите мне на <<email>>, пожалуйста, до пятницы.",
    "Мой телефон <<phone_world>>, звоните вечером.",
    "请把发票发到 <<email>> 谢谢。",
    "我的电话是 <<phone_world>> 请联系我。",
    "メールは <<email>> までお願いします。",
    "이메일은 <<email>> 입니다.",
    "بريدي الإلكتروني <<email>> شكرا لكم",
    "मेरा ईमेल <<email>> है और नंबर <<phone_world>> है",
    "Το email μου είναι <<email>>, ευχαριστώ πολύ.",
    "האימייל שלי הוא <<email>> תודה",
    "อีเมลของฉันคือ <<email>> ขอบคุณค่ะ",
    "E-posta adresim <<email>> olarak değişti, güncelleyin lütfen.",
    "sort code <<sort_code>> account number <<account>> for the direct debit please",
    "routing number <<routing>>, account number <<account>>, checking",
    "id card <<cn_id>> was registered in another city",
    "mailto:<<email>>?subject=Order%20{{int_id}} is what the button opens",
];

/// What programs write.
const PROGRAMS: &[&str] = &[
    "{{iso}} INFO login ok user=<<email>> ip=<<ip4>> took={{ms}}ms",
    "{{iso}} WARN 3 failed attempts for <<email>> from <<ip6>>",
    "[{{epoch_s}}] GET /account?email=<<email>>&page={{qty}} 200 {{bytes}}",
    "ERROR: duplicate key (email)=(<<email>>) already exists, request {{uuid}}",
    "sms to <<phone_world>> failed with {{error_code}} after {{ms}} ms",
    "DHCPACK on {{private_ip}} to <<mac>> via eth0",
    "connecting to <<url_login>> failed: {{error_code}}",
    "Authorization header was Bearer <<jwt>> and it expired at {{iso}}",
    "jwt malformed: <<jwt>>",
    "using AWS key <<aws_id>> in {{region}}",
    "AWS_SECRET_ACCESS_KEY=<<aws_secret>> set for deploy {{version}}",
    "remote: token <<github>> lacks the scope repo",
    "slack client started with <<slack>>",
    "stripe: invalid key provided <<stripe>> for request {{prefixed_id}}",
    "STRIPE_WEBHOOK=<<stripe_webhook>> loaded",
    "maps request key=<<google>> status OVER_QUERY_LIMIT",
    "openai 401 incorrect api key <<openai>> after {{ms}} ms",
    "twilio key <<twilio>> rotated by job {{uuid}}",
    "mail provider key <<sendgrid>> was rejected, retry {{qty}}",
    "//registry.npmjs.org/:_authToken=<<npm>>",
    "fetch https://files.partner.io/{{file}}?<<signature>> gave 403",
    "key dump follows\n<<pem>>\nend of dump {{uuid}}",
    "cookie connect.sid=<<session>> not found in the store",
    "X-Forwarded-For: <<ip4>> upstream={{private_ip}} rt=0.034",
    "{\"level\":30,\"email\":\"<<email>>\",\"msg\":\"mail queued\",\"id\":\"{{uuid}}\"}",
    "INSERT INTO leads (email, phone) VALUES ('<<email>>', '<<phone_world>>');",
    "user <<email>> (id {{int_id}}) upgraded from free to team",
    "blocked <<ip4>>:51244 after {{qty}} requests, rule {{flag}}",
    "payment token for card <<card>> created, order {{order_no}}",
    "validation failed: phone \"<<phone_world>>\" is not mobile, sku {{sku}}",
    "export finished: <<iban>>;{{price}};{{currency}};{{date}}",
    "client <<ip4>> sent {{bytes}} bytes with {{ua}}",
    "withdrawal to <<wallet>> confirmed in {{tx_hash}}",
    "redirect to /welcome?mail=<<email>>&lang=de took {{ms}} ms",
];

/// What holds nobody's data.
const NOBODY: &[&str] = &[
    "The {{product}} arrived on {{date}} and works well, thank you.",
    "Order {{order_no}} with invoice {{invoice_no}} is {{status_text}}.",
    "{{iso}} INFO request {{uuid}} finished in {{ms}} ms with 200",
    "deploy {{version}} ({{sha1}}) to {{region}} took {{ms}} ms",
    "Upgrade express from {{version}} to {{version}} before {{date}}.",
    "cache miss for {{file}}, etag {{etag}}",
    "listening on {{private_ip}}:3000, pid {{qty}}",
    "Total {{price}} {{currency}} including {{percent}} VAT, {{qty}} items.",
    "worker {{host}} restarted {{qty}} times since {{iso}}",
    "The quick brown monkey and the author agreed on chapter {{qty}}.",
    "experiment {{flag}} assigned {{variant}} with weight {{ratio}}",
    "Who is on call @here? Use logo@2x.png and icon@3x.webp in the header.",
    "npm install @babel/core@7.24.0 express@4.19.2 lodash@4.17.21",
    "Please reset the router, then wait 30 seconds and try again at 10:30.",
    "Error {{error_code}}: {{error_text}}",
    "{{stack}}",
    "image {{image}} pulled in {{ms}} ms",
    "Ich warte seit drei Wochen auf Bestellung {{order_no}}, bitte prüfen.",
    "La commande {{order_no}} du {{date}} est arrivée incomplète.",
    "El pedido {{order_no}} llegó roto, quiero cambiar el producto {{sku}}.",
    "Il pacco {{tracking}} risulta consegnato ma non è arrivato nulla.",
    "O produto {{sku}} veio na cor errada, pedido {{order_no}}.",
    "De levering van {{order_no}} is vertraagd door het weer.",
    "Заказ {{order_no}} доставлен вовремя, спасибо!",
    "商品 {{sku}} は在庫切れです。",
    "订单 {{order_no}} 已发货，预计 3 天到达。",
    "The password must have at least 12 characters and one digit.",
    "Your session token expired, please sign in again.",
    "Enter your card number and security code on the next page.",
    "We never ask for your PIN or social security number by phone.",
    "Tracking number {{tracking}} shows the parcel in Leipzig since {{date}}.",
    "ISBN {{isbn}} is out of print, batch {{barcode_batch}}.",
    "block {{tx_hash}} mined, height {{int_id}}",
    "Flight {{flight}} departs at {{iso}}, gate B{{qty}}.",
    "PATCH /api/cart/{{uuid}} 200 {{bytes}} - {{ms}} ms",
    "cpu {{percent}} mem {{percent}} load {{decimal}} at {{epoch_s}}",
    "The meeting is moved from 14:00 to 15:30 in room 4.12.",
    "Reference {{luhn_no}}, amount {{price}}, value date {{date}}.",
    "Version {{version4}} fixes the crash on {{model}}.",
    "trace {{trace_id}} span {{span_id}} sampled",
];

/// The fields that hold free text.
const FIELDS: &[&str] = &["message", "text", "msg", "note", "description", "comment", "line", "content"];

/// Sentences, each in a document of its own; a quarter of them hold nobody's data.
#[must_use]
pub fn sentences(seed: u64, count: usize) -> Vec<Case> {
    let mut rng = Rng::with_seed(seed ^ 0x005e_17e2_ce55);
    (0..count)
        .map(|at| {
            let (scenario, of) = match at % 8 {
                0..=3 => ("people", PEOPLE),
                4..=5 => ("programs", PROGRAMS),
                _ => ("nobody", NOBODY),
            };
            let template = one(&mut rng, of);
            let field = one(&mut rng, FIELDS).to_owned();
            Expander::new(&mut rng).case(scenario, &Tpl::Object(vec![(field, Tpl::Text(template.to_owned()))]))
        })
        .collect()
}
