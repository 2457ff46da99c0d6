// Keeps the link that a reader came by across the login, which leads back to the bare address.
const KEPT = "conflict-atlas-link";

export default function ({ data }) {
  const here = location.pathname + location.search;
  if (!data.inside) {
    sessionStorage.setItem(KEPT, here);
    return;
  }
  const link = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  // A path of this server and nothing else: only this script writes it, and still it must not lead anywhere else.
  if (link && link !== here && /^\/(?!\/)/.test(link)) location.replace(link);
}
