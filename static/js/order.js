// Moves the lines of a put-in-order question in place.
document.querySelectorAll("[data-order]").forEach(list => list.addEventListener("click", event => {
  const button = event.target.closest("button[name=move]");
  if (!button) return;
  event.preventDefault();
  const row = button.closest("li");
  if (button.value.endsWith(":up") && row.previousElementSibling) row.previousElementSibling.before(row);
  else if (button.value.endsWith(":down") && row.nextElementSibling) row.nextElementSibling.after(row);
  button.focus();
}));
