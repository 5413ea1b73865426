//! What any event may have: headers, and fields that a middleware adds.

/// Headers of requests.
pub(crate) const COMMON_HEADERS: &str = r##"{
"host": "{{host}}",
"user-agent": "{{ua}}",
"accept": "application/json, text/plain, */*",
"?8 accept-encoding": "gzip, deflate, br",
"?6 accept-language": "{{accept_language}}",
"?3 authorization": {"$any": ["~Bearer <<jwt>>", "~Bearer <<jwt>>", "~Bearer <<token>>", "~Basic <<basic>>", "~Token <<token>>", "~Bearer <<vendor_key>>"]},
"?3 cookie": {"$any": ["~connect.sid=<<session>>; theme=dark", "~sid=<<token>>; locale=de; consent=1", "~_ga=GA1.2.1873264.1732; connect.sid=<<session>>; tz=Europe%2FBerlin", "~access_token=<<jwt>>; Path=/", "~_session_id=<<token>>; remember_me=<<token>>"]},
"?1 x-api-key": {"$any": ["<<vendor_key>>", "<<token>>"]},
"?1 x-csrf-token": "<<token>>",
"?2 x-forwarded-for": {"$any": ["<<ip>>", "~<<ip>>, 10.0.3.7", "~<<ip>>, <<ip4>>"]},
"?1 x-real-ip": "<<ip>>",
"?1 cf-connecting-ip": "<<ip>>",
"?1 forwarded": "~for=<<ip4>>;proto=https",
"?1 true-client-ip": "<<ip>>",
"?1 x-user-email": "<<email>>",
"?4 x-request-id": "{{uuid}}",
"?4 traceparent": "{{traceparent}}",
"?2 if-none-match": "{{etag}}",
"?3 content-type": "application/json",
"?2 content-length": "{{bytes}}",
"?2 sec-ch-ua": "\"Chromium\";v=\"124\", \"Google Chrome\";v=\"124\", \"Not-A.Brand\";v=\"99\"",
"?2 x-app-version": "{{version}}",
"?2 referer": {"$any": ["https://www.shop-nordwind.com/products/{{slug}}?ref=nav", "https://app.acme-corp.io/reset?token=<<token>>&step=2", "https://www.shop-nordwind.com/account?email=<<email>>"]},
"?2 connection": "keep-alive",
"?3 sec-fetch-mode": "cors",
"?3 sec-fetch-site": "same-origin",
"?3 sec-ch-ua-platform": "\"macOS\"",
"?2 x-amzn-trace-id": "Root=1-67{{short_sha}}-{{span_id}}",
"?2 origin": "https://www.shop-nordwind.com"
}"##;

/// Headers of responses.
pub(crate) const RESPONSE_HEADERS: &str = r##"{
"content-type": {"$any": ["application/json; charset=utf-8", "application/json; charset=utf-8", "{{mime}}"]},
"?6 etag": "{{etag}}",
"?5 cache-control": "{{cache}}",
"?3 x-powered-by": "Express",
"?4 content-security-policy": "default-src 'self'; img-src 'self' data: https://cdn.assets-hub.net; script-src 'self' 'unsafe-inline'; frame-ancestors 'none'; report-uri /csp-report",
"?4 strict-transport-security": "max-age=63072000; includeSubDomains; preload",
"?4 x-content-type-options": "nosniff",
"?3 access-control-allow-origin": "https://www.shop-nordwind.com",
"?3 x-response-time": "{{ms}}ms",
"?3 vary": "Accept-Encoding",
"?4 date": "{{httpdate}}",
"?3 x-ratelimit-remaining": "{{qty}}",
"?2 x-upstream": "{{private_ip}}",
"?1 location": "/orders/{{uuid}}",
"?1 set-cookie": {"$any": [["~connect.sid=<<session>>; Path=/; HttpOnly; Secure", "~lang=de"], "~sid=<<token>>; Max-Age=86400; SameSite=Lax", "~refreshToken=<<jwt>>; Path=/auth; HttpOnly"]}
}"##;

/// Fields of an application's own.
pub(crate) const FRAGMENTS: &str = r##"[
{"trace": {"id": "{{trace_id}}", "span": "{{span_id}}", "sampled": true}},
{"deploy": {"version": "{{version}}", "commit": "{{sha1}}", "image": "{{image}}", "region": "{{region}}"}},
{"server": {"hostname": "{{host}}", "address": "{{private_ip}}", "pid": "#{{qty}}", "uptime_s": "#{{bytes}}"}},
{"flags": {"{{flag}}": true, "list": ["{{flag}}", "{{variant}}"]}},
{"user": {"id": "{{uuid}}", "@email": null, "roles": ["admin", "editor"], "authenticated": true}},
{"actor": {"type": "customer", "id": "#{{int_id}}", "@name": null, "locale": "{{locale}}"}},
{"client": {"@ip": null, "ua": "{{ua}}", "tz": "{{tz}}", "viewport": "{{dimension}}"}},
{"geo": {"country": "{{country}}", "@lat": "#<<lat>>", "@lng": "#<<lng>>", "source": "maxmind"}},
{"timing": {"db_ms": "#{{ms}}", "render_ms": "#{{ms}}", "started": "#{{epoch_ms}}", "ratio": "#{{ratio}}"}},
{"audit": {"message": "login of <<email>> from <<ip4>> took {{ms}} ms", "at": "{{iso}}", "code": "{{error_code}}"}},
{"audit": {"message": "job {{uuid}} finished with {{status_text}}", "at": "{{iso}}", "attempt": "#{{qty}}"}},
{"pagination": {"cursor": "{{cursor}}", "page": "#{{qty}}", "total": "#{{bytes}}"}},
{"experiment": {"key": "{{flag}}", "variant": "{{variant}}", "weight": "#{{ratio}}"}},
{"upstream": {"host": "{{host}}", "ip": "{{private_ip}}", "latency_ms": "#{{ms}}", "status": 200}},
{"stats": {"token_count": "#{{near_number}}", "passenger_count": "#{{near_number}}", "cardinality": "#{{near_number}}", "latency": "#{{near_number}}", "session_count": "#{{near_number}}", "spin": "#{{near_number}}", "keys_scanned": "#{{near_number}}"}},
{"settings": {"monkey": "{{near_text}}", "keyboard": "{{near_text}}", "tokenizer": "{{near_text}}", "shipping_method": "{{near_text}}", "opinion": "{{near_text}}", "file_name": "{{file}}", "event_name": "{{near_text}}", "email_verified": true, "pinned": false}},
{"changes": {"password_changed_at": "{{near_time}}", "email_verified_at": "{{near_time}}", "mapping": "{{near_text}}", "addressable": true, "cardboard_boxes": "#{{near_number}}", "compass": "{{near_text}}"}},
{"author": "{{word}}", "revision": "{{short_sha}}", "cc": "{{country}}"},
{"member_index": {"<<email>>": "~owner"}},
{"context": {"$json": {"tenant": "{{nanoid}}", "user": {"@email": null, "@phone": null}, "plan": "pro"}}},
{"raw": {"$json": {"evt": "page", "payload": {"$json": {"@email": null, "sku": "{{sku}}"}}}}},
{"stack": "TypeError: {{error_text}}\n    {{stack}}\n    {{stack}}"},
{"device": {"model": "{{model}}", "os": "Android 14", "@mac": null, "app": "{{version}}"}},
{"note": "{{product}} is back in stock, order {{order_no}}"},
{"markup": "<contact id=\"{{int_id}}\" email=\"<<email>>\" phone=\"<<phone_world>>\" lang=\"en\"/>"},
{"build": "{{author_date}}", "asset": "{{file}}"}
]"##;
