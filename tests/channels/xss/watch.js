// Runs before every page: tells when anything runs that should not, and lists what stands in the page that could.
(() => {
  "use strict";
  for (const name of ["pwned", "alert", "confirm", "prompt", "print"]) {
    Object.defineProperty(window, name, { value: () => window.told(`${name}() ran`), writable: false });
  }
  document.addEventListener("securitypolicyviolation", (event) => {
    window.told(`CSP: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
  });

  const STRANGE = "iframe,frame,object,embed,base,math,marquee,video,audio,source,style,noscript,xss,animate,set,foreignObject,"
    + "meta[http-equiv=refresh i],input[autofocus],[srcdoc],[style*=pwned i],img[src=x]";
  const WITH_ADDRESS = ["href", "src", "action", "formaction", "xlink:href", "data", "poster", "content"];
  const RUNS = /^[\u0000-\u0020]*(javascript|vbscript|data:text)/i;

  const scripted = (element) => element.localName === "script" && !/json/.test(element.type)
    && !(element.src && new URL(element.src).origin === location.origin);
  const found = (element) => [
    scripted(element) && "a script",
    element.matches(STRANGE) && "a strange element",
    ...[...element.attributes].map(({ name, value }) => {
      if (/^on/i.test(name)) return `a program in ${name}`;
      if (WITH_ADDRESS.includes(name) && RUNS.test(value.replace(/[\t\r\n]/g, ""))) return `a program behind ${name}`;
      if (/["'<>`]/.test(name)) return `a broken attribute ${name}`;
      return false;
    }),
  ].filter(Boolean).map((what) => `${what}: ${element.outerHTML.slice(0, 160)}`);

  const all = (root) => [...root.querySelectorAll("*")].flatMap((one) => (one.shadowRoot ? [one, ...all(one.shadowRoot)] : [one]));
  window.audit = () => all(document).flatMap(found);
})();
