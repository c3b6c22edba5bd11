// Pages of `gongkai serve` only: shows the page anew when it changes, and says when files have errors.
(() => {
  "use strict";
  const tag = document.currentScript;
  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  let version = tag.dataset.version;

  /** Says how many errors and warnings there are, with a link to them. */
  function tell(said) {
    const id = "preview-findings";
    document.getElementById(id)?.remove();
    if (!said.error || location.pathname.startsWith("/_preview/")) return;
    const link = document.createElement("a");
    link.id = id;
    link.href = "/_preview/findings/";
    link.textContent = `检查发现 ${said.error} 个错误，改正以前不能发布：查看`;
    link.setAttribute("role", "status");
    Object.assign(link.style, {
      position: "fixed", insetInline: "0", bottom: "0", padding: ".5rem 1rem", zIndex: "9",
      background: "#9c1f1f", color: "#fff", textAlign: "center",
    });
    document.body.append(link);
  }

  /** Loads the page again when it is another one now. */
  async function showAnew() {
    const page = await fetch(location.pathname, { cache: "no-store" });
    const found = (await page.text()).match(/data-version="[^"]*" data-look="([^"]*)"/u);
    if (found?.[1] !== tag.dataset.look) location.reload();
  }

  async function watch(known) {
    const answer = await fetch(`/_preview/changes?version=${encodeURIComponent(known)}`, { cache: "no-store" });
    const said = await answer.json();
    tell(said);
    if (said.version !== version) await showAnew(); // also what was saved while the page was loading
    version = said.version;
  }

  (async () => {
    let known = "";  // answered at once, with what is wrong now
    for (;;) {
      try {
        await watch(known);
        known = version;
      } catch {
        await pause(1000);  // the preview has ended, or begins again
      }
    }
  })();
})();
