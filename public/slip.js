// Shows the slip's copy and print buttons, which need script. The slip itself needs none.
(() => {
  const actions = document.querySelector("[data-slip-actions]");
  if (actions === null) return;
  const copy = actions.querySelector("[data-slip-action=copy]");
  const print = actions.querySelector("[data-slip-action=print]");
  const tokens = [...document.querySelectorAll("[data-token]")];
  const last = tokens.at(-1);

  // A page on plain http has no clipboard: then there is nothing to offer but printing.
  if (last === undefined || navigator.clipboard === undefined) copy.hidden = true;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(last.dataset.token);
    copy.querySelector("button").textContent = copy.dataset.done;
  });
  print.addEventListener("click", () => window.print());
  actions.hidden = false;
})();
