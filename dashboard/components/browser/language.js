// Tells the browser, and with it screen readers, in which language and direction the page is written.
export default function ({ data }) {
  document.documentElement.lang = data.language;
  document.documentElement.dir = data.direction;
}
