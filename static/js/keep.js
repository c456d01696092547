// Keeps what is typed in this browser until it was sent, and says when the line is gone.
const bar = document.querySelector("[data-offline]");
const line = () => { if (bar) bar.hidden = navigator.onLine; };
addEventListener("online", line); addEventListener("offline", line); line();
const signedOut = !document.querySelector("form[action*='/accounts/logout']");
document.querySelectorAll("form[data-keep]").forEach(form => {
  const name = "kept:" + location.pathname + ":" + form.dataset.keep;
  const fields = [...form.querySelectorAll("textarea, input[type=text]")];
  let kept = {};
  try { kept = JSON.parse(sessionStorage.getItem(name)) || {}; } catch (error) { kept = {}; }
  fields.forEach(field => { if (!field.value && kept[field.name]) field.value = kept[field.name]; });
  form.addEventListener("input", () => {
    try { sessionStorage.setItem(name, JSON.stringify(Object.fromEntries(fields.map(field => [field.name, field.value])))); } catch (error) { return; }
  });
  form.addEventListener("submit", event => {
    if (!navigator.onLine) { event.preventDefault(); line(); if (bar) bar.focus(); return; }
    sessionStorage.removeItem(name);
  });
});
