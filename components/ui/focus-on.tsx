"use client";

import { useEffect } from "react";

/** Puts the cursor where work goes on, once the page has come; without script it stays away. */
export function FocusOn({ id }: { readonly id: string }) {
  useEffect(() => {
    document.getElementById(id)?.focus();
  }, [id]);
  return null;
}
