"use client";

import { useEffect } from "react";

/** Puts the cursor where work goes on (of a form on its button), once the page has come; without script it stays away. */
export function FocusOn({ id }: { readonly id: string }) {
  useEffect(() => {
    const found = document.getElementById(id);
    (found instanceof HTMLFormElement ? found.querySelector("button") : found)?.focus();
  }, [id]);
  return null;
}
