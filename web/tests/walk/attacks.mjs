// Texts that would do something if any of them were ever read as HTML, as a link or as a style.
const scripts = ['alert(1)', 'wardroomFault("ran")'];
const wrapped = (body) => [
  `<script>${body}</script>`, `<img src=x onerror=${JSON.stringify(body)}>`, `"><svg onload=${JSON.stringify(body)}>`, `<svg><script>${body}</script></svg>`,
  `<iframe srcdoc="<script>${body.replace(/"/g, '&quot;')}</script>"></iframe>`, `<details open ontoggle='${body}'>`, `<input autofocus onfocus='${body}'>`,
  `[click](javascript:${body})`, `[click](JaVaScRiPt:${body})`, `[click](java\tscript:${body})`, `[click](data:text/html,<script>${body}</script>)`,
  `[click](vbscript:${body})`, `javascript:${body}`, `[click](https://example.org/" onmouseover='${body}')`, `https://example.org/"onmouseover="${body}`,
  `\`\`\`\n</code></pre><script>${body}</script>\n\`\`\``, `\`</code><script>${body}</script>\``, `**<b onclick='${body}'>**`, `> <img src=x onerror='${body}'>`, `- </li><script>${body}</script>`,
];
export const kAttacks = [
  ...scripts.flatMap(wrapped),
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>', '<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '<template><script>alert(1)</script></template>',
  '<base href="https://evil.example/">', '<meta http-equiv="refresh" content="0;url=https://evil.example/">', '<link rel=stylesheet href=https://evil.example/x.css>',
  '<style>*{display:none}</style>', '<form action="https://evil.example/"><button>Sign in again</button></form>', '<a href="https://evil.example/">office portal</a>',
  '&lt;script&gt;alert(1)&lt;/script&gt;', '&#x3C;script&#x3E;alert(1)&#x3C;/script&#x3E;', '\u003cscript\u003ealert(1)\u003c/script\u003e', '{{constructor.constructor("alert(1)")()}}', '${alert(1)}',
  '<!--><script>alert(1)</script-->', ']]><script>alert(1)</script>', '<script\u00a0>alert(1)</script>', '＜script＞alert(1)＜/script＞',
  '[https://bank.example](https://evil.example/)', '[https://example.org](https://example.org@evil.example/)', 'https://exаmple.org/', 'https://xn--exmple-cua.org/', 'https://example.org:443@evil.example/', 'http://[::1]/', 'https://', 'mailto:', '[x](mailto:nobody)', 'mailto:lena@example.org?body=hello',
  '\u202eevil\u202c.example//:sptth', '\u2066\u2066\u2066\u2066 not closed', 'مرحبا بالعالم **bold** https://example.org', 'שלום `code` עולם', 'हिन्दी में एक संदेश',
  `a${'\u0301'.repeat(2000)}`, 'Ｗ'.repeat(64), `${'*'.repeat(3000)}`, `${'['.repeat(3000)}`, `${'`'.repeat(2000)}`, `${'> '.repeat(500)}deep`, '@'.repeat(1000), 'w'.repeat(4000),
  'the last of the list',
];
