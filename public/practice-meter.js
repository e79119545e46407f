// Spares the practice meter's keypad its round trips and counts the credit down between answers.
// Everything works without it: each key is then a form post, and the credit moves on a reload.
(() => {
  const form = document.querySelector("[data-keypad]");
  const field = form?.querySelector("input[name=digits]");
  const shown = document.querySelector("[data-remaining-wh]");

  form?.addEventListener("submit", (event) => {
    const key = event.submitter?.value;
    if (key === undefined || key === "enter") return;
    event.preventDefault();
    const typed = field.value;
    field.value = key === "delete" ? typed.trimEnd().slice(0, -1) : grouped(typed + key);
    field.scrollLeft = field.scrollWidth;
  });

  // Physical digits reach the meter without a click into the field first.
  document.addEventListener("keydown", (event) => {
    if (event.target !== document.body || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[0-9]$/.test(event.key) || event.key === "Backspace") field?.focus();
  });

  function grouped(text) {
    const digits = text.replace(/\D/g, "").slice(0, 20);
    return digits.replace(/(\d{4})(?=\d)/g, "$1 ");
  }

  if (shown === null) return;
  const startWh = Number(shown.dataset.remainingWh);
  const drainWhPerHour = Number(shown.dataset.drainWhPerHour);
  if (drainWhPerHour === 0) return;
  const startedAt = performance.now();
  const timer = setInterval(() => {
    const used = Math.floor(((performance.now() - startedAt) * drainWhPerHour) / 3_600_000);
    const wh = Math.max(0, startWh - used);
    shown.textContent = `${Math.floor(wh / 1000)}.${String(wh % 1000).padStart(3, "0")}`;
    // At zero the meter cuts the supply; the server knows, so it is asked for the new picture.
    if (wh === 0) {
      clearInterval(timer);
      if (startWh > 0) location.reload();
    }
  }, 200);
})();
