// What HTML and htmx cannot do by themselves. It quickens, it never decides.
(() => {
  const root = document.documentElement, $ = (s) => document.querySelector(s)
  let lost, filled, hand = []
  root.classList.add("js")
  // An open window makes the page under it dumb: what is told stands in the window then.
  const tell = (place) => { const n = $("#notes"); if (n && n.parentNode !== place) place.prepend(n) }
  // Where an answer takes away what had the focus, the focus goes to what stands in its place.
  const alike = (p, a) => [...p.querySelectorAll(a.className ? "." + a.classList[0] : a.localName)].filter((e) => e.offsetParent)
  addEventListener("htmx:before:swap", () => {
    const a = document.activeElement
    hand = []
    tell($("main"))
    for (let p = a; (p = p.parentElement?.closest("[id]"));) hand.push([p.id, a, alike(p, a).indexOf(a)])
  })
  addEventListener("htmx:after:swap", (e) => {
    const at = e.detail.ctx.target
    // a refusal may stand under the totals
    at?.querySelector?.("[role=alert]")?.parentNode.scrollIntoView({ block: "nearest" })
    const [id, a, i] = (document.activeElement === document.body && hand.find(([id]) => $("#" + id))) || []
    if (id) {
      const p = $("#" + id), all = alike(p, a);
      (all[i] || all.pop() || p.querySelector("input:not([type=hidden])") || p.querySelector("a,button"))?.focus()
    }
    // an answer about the draft stops the search that was about to begin
    const f = at?.id === "draft" && $("#find")
    if (f && f.value !== f.defaultValue) htmx.trigger(f, "input")
    if (at?.id === "window" && !at.open) at.showModal(), $("#said").replaceChildren()
    tell($("dialog[open]") || $("main"))
    filled ||= at?.id === "cartbox"
  })
  // the window has changed the cart: the pictograms under it follow, unless a note is being written there
  addEventListener("close", () => {
    if (filled && !$("#note")) document.querySelectorAll("[hx-trigger=cart]").forEach((one) => htmx.trigger(one, "cart"))
    filled = false
    tell($("main"))
  }, true)
  addEventListener("htmx:before:request", (e) => {
    if (e.detail.ctx.sourceElement.id === "news") return
    if ($("#lost")) $("#lost").hidden = true
    $("#problem")?.replaceChildren()
  })
  addEventListener("htmx:error", (e) => {
    const c = e.detail.ctx
    if (!$("#lost") || !c || (c.response && c.response.status) || c.sourceElement.id === "news") return
    lost = c.sourceElement
    $("#lost").hidden = false
    tell($("dialog[open]") || $("main"))
  })
  // An open page asks for its news while it is seen.
  const ask = () => { const n = $("#news"); if (n && document.visibilityState === "visible") htmx.trigger(n, "news") }
  setInterval(ask, 10000)
  addEventListener("visibilitychange", ask)
  addEventListener("click", (e) => {
    const t = e.target.closest("[data-print],[data-close],#lost button")
    if (!t) return
    if (t.dataset.print !== undefined) print()
    else if (t.dataset.close !== undefined) { e.preventDefault(); t.closest("dialog")?.close() }
    else lost.focus(), htmx.trigger(lost, lost.matches("input,select,textarea") ? "change" : lost.matches("form") ? "submit" : "click")
  })
  addEventListener("keydown", (e) => {
    // from the field of the search down into what is suggested under it, and back up
    const t = e.target, find = t.closest(".find"), typed = find && t.localName === "input"
    if ((t.closest("input,select,textarea") && !(typed && e.key === "ArrowDown")) || e.ctrlKey || e.metaKey || e.altKey) return
    if (e.key === "/" && $("#q")) { e.preventDefault(); $("#q").focus() }
    const d = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[e.key], rows = [...(find || document).querySelectorAll((find ? "" : "main ") + "[data-row]")]
    if (!d || !rows.length || $("dialog[open]")) return
    e.preventDefault()
    const to = rows.indexOf(document.activeElement) + d
    ;(find && to < 0 ? $("#q") : rows[Math.max(0, Math.min(rows.length - 1, to))]).focus()
  })
})()
