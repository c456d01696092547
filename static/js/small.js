// Small helps: show a password, load media on tap, print, share, make a photo smaller before it is sent.
document.querySelectorAll("[data-show-password]").forEach(button => {
  const field = document.getElementById(button.getAttribute("aria-controls"));
  if (!field) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  });
});
document.querySelectorAll("[data-print]").forEach(button => {
  button.hidden = false;
  button.addEventListener("click", event => {
    if (typeof print !== "function") return;
    event.preventDefault();
    print();
  });
});
document.querySelectorAll("[data-share]").forEach(button => {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const url = button.dataset.share;
    try {
      if (navigator.share) await navigator.share({ url, title: document.title });
      else { await navigator.clipboard.writeText(url); button.textContent = button.dataset.done || url; }
    } catch (error) { return; }
  });
});
document.querySelectorAll("input[type=file][data-shrink]").forEach(field => field.addEventListener("change", async () => {
  const file = field.files[0];
  if (!file || file.size < 400000 || !window.createImageBitmap) return;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, 1600 / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = picture.width * scale; canvas.height = picture.height * scale;
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise(done => canvas.toBlob(done, "image/jpeg", 0.8));
    if (!blob || blob.size > file.size) return;
    const list = new DataTransfer();
    list.items.add(new File([blob], "photo.jpg", { type: "image/jpeg" }));
    field.files = list.files;
  } catch (error) { return; }
}));
