// Leaves a page quickly: the way back does not lead here again.
document.querySelectorAll("a[data-exit]").forEach(link => link.addEventListener("click", event => {
  event.preventDefault();
  location.replace(link.href);
}));
