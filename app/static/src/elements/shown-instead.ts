import { define } from "../lib/define";

/** `<shown-instead>`: says why the phone's own copy of this page is shown. Holds a template for each. */
class ShownInstead extends HTMLElement {
  connectedCallback(): void {
    const reason = document.body.dataset.instead;
    // A safari that the server has yet to hear of is shown as it is: nothing is wrong.
    if (!reason || reason === "unheard") return;
    const because = reason === "signed_out" ? reason : "no_server";
    // Pages for in the field have a line of their own for that.
    if (because === "no_server" && document.querySelector("[data-offline]")) return;
    const words = this.querySelector<HTMLTemplateElement>(`template[data-because="${because}"]`);
    if (words) this.append(words.content.cloneNode(true));
    for (const link of this.querySelectorAll<HTMLAnchorElement>("a")) {
      link.href = `/login?next=${encodeURIComponent(location.pathname)}`;
    }
    this.hidden = false;
  }
}

define("shown-instead", ShownInstead);
