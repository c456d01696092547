// Keeps in this browser what is typed, ticked and put in order until the page shows that it has arrived; says when the line is gone.
const bar = document.querySelector("[data-offline]");
const line = () => { if (bar) bar.hidden = navigator.onLine; };
addEventListener("online", line); addEventListener("offline", line); line();
document.querySelectorAll("form[method=post][action*='/learn/']").forEach(form => form.addEventListener("submit", event => {
  if (navigator.onLine || event.defaultPrevented) return;
  event.preventDefault();
  line();
  if (bar) bar.focus({ preventScroll: true });
}));
// On a shared computer the next person finds nothing of the last one.
document.querySelectorAll("form[action*='/accounts/logout']").forEach(form => form.addEventListener("submit", () => {
  try { Object.keys(sessionStorage).filter(name => name.startsWith("kept:")).forEach(name => sessionStorage.removeItem(name)); } catch (error) { return; }
}));
const KINDS = "textarea, select, input[type=text], input[type=radio], input[type=checkbox], [data-order] input";
const isTick = field => field.type === "radio" || field.type === "checkbox";
const put = (field, values) => {
  if (isTick(field)) field.checked = values.includes(field.value);
  else if (field.tagName !== "SELECT" || [...field.options].some(option => option.value === values[0])) field.value = values[0];
};
const putInOrder = (list, kept) => {
  const rows = [...list.children], value = row => row.querySelector("input").value;
  const order = (kept[rows[0].querySelector("input").name] || []).map(wanted => rows.find(row => value(row) === wanted));
  if (order.length === rows.length && order.every(Boolean)) list.append(...order);
};
document.querySelectorAll("form[data-keep]").forEach(form => {
  const place = "kept:" + new URL(form.action).pathname + ":" + form.dataset.keep;
  // What the server had recorded when the page was made, and the numbers of the attempts that it asks for: others than before when something has arrived.
  const mark = (form.dataset.mark || "") + [...form.querySelectorAll("input[name^='n-']")].map(field => field.name + field.value).join();
  const keep = () => {
    const values = {};
    form.querySelectorAll(KINDS).forEach(field => {
      values[field.name] = values[field.name] || [];
      if (!isTick(field) || field.checked) values[field.name].push(field.value);
    });
    try { sessionStorage.setItem(place, JSON.stringify({ mark, values })); } catch (error) { return; }
  };
  try {
    const kept = JSON.parse(sessionStorage.getItem(place)) || {};
    if (kept.mark !== mark || !form.querySelector("button:not([name])")) sessionStorage.removeItem(place);
    else {
      form.querySelectorAll(KINDS).forEach(field => { if (kept.values[field.name] && !field.closest("[data-order]")) put(field, kept.values[field.name]); });
      form.querySelectorAll("[data-order]").forEach(list => putInOrder(list, kept.values));
    }
  } catch (error) { form.dataset.keep = ""; }
  ["input", "change", "submit"].forEach(kind => form.addEventListener(kind, keep));
  form.addEventListener("click", event => { if (event.target.closest("button[name=move]")) keep(); });
});
