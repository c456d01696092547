// Keeps what is typed in this browser until it was sent, and says when the line is gone.
const bar = document.querySelector("[data-offline]");
const line = () => { if (bar) bar.hidden = navigator.onLine; };
addEventListener("online", line); addEventListener("offline", line); line();
// On a shared computer the next person finds nothing of the last one.
document.querySelectorAll("form[action*='/accounts/logout']").forEach(form => form.addEventListener("submit", () => {
  try { Object.keys(sessionStorage).filter(name => name.startsWith("kept:")).forEach(name => sessionStorage.removeItem(name)); } catch (error) { return; }
}));
document.querySelectorAll("form[data-keep]").forEach(form => {
  const name = "kept:" + new URL(form.action).pathname + ":" + form.dataset.keep;
  const fields = [...form.querySelectorAll("textarea, input[type=text]")];
  const keep = () => sessionStorage.setItem(name, JSON.stringify(Object.fromEntries(fields.map(field => [field.name, field.value]))));
  let kept = {};
  try { kept = JSON.parse(sessionStorage.getItem(name)) || {}; } catch (error) { kept = {}; }
  // Sent, and not given back by the page: it has arrived. Given back: it was refused, keep it.
  if (kept.sent) { kept = {}; try { sessionStorage.removeItem(name); if (fields.some(field => field.value)) keep(); } catch (error) { return; } }
  fields.forEach(field => { if (!field.value && kept[field.name]) field.value = kept[field.name]; });
  form.addEventListener("input", () => {
    try { keep(); } catch (error) { return; }
  });
  form.addEventListener("submit", event => {
    if (!navigator.onLine) { event.preventDefault(); line(); if (bar) bar.focus(); return; }
    try { sessionStorage.setItem(name, JSON.stringify({ sent: true })); } catch (error) { return; }
  });
});
