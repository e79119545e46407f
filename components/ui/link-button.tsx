import type { ReactNode } from "react";
import { type ControlKind, type ControlSize, controlClass } from "./control-class";

/** A link with a button's weight: it only leads somewhere, it changes nothing. */
export function LinkButton(props: {
  readonly href: string;
  readonly children: ReactNode;
  readonly kind?: ControlKind;
  readonly size?: ControlSize;
  readonly isWide?: boolean;
}) {
  const { href, children, kind = "plain", size = "resident", isWide = false } = props;
  return (
    <a href={href} className={controlClass(kind, size, isWide)}>
      {children}
    </a>
  );
}
