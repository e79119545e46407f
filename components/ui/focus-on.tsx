"use client";

import { useEffect } from "react";

/**
 * Puts the cursor where work goes on (of a form or list on its first button), once the page has
 * come; without script it stays away.
 */
export function FocusOn({ id }: { readonly id: string }) {
  useEffect(() => {
    const found = document.getElementById(id);
    const first = found?.querySelector<HTMLElement>("a, button");
    (found?.matches("form, ul") ? first : found)?.focus();
  }, [id]);
  return null;
}
