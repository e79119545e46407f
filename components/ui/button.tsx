import type { ReactNode } from "react";
import { type ControlKind, type ControlSize, controlClass } from "./control-class";

/**
 * A button that says what it does. In pages without script it submits its form; `name` and `value`
 * then tell the server which of several buttons was pressed.
 */
export function Button(props: {
  readonly children: ReactNode;
  readonly kind?: ControlKind;
  readonly size?: ControlSize;
  readonly isWide?: boolean;
  readonly type?: "submit" | "button";
  readonly name?: string;
  readonly value?: string;
  readonly describedBy?: string;
}) {
  const { children, kind = "plain", size = "resident", isWide = false, type = "submit" } = props;
  return (
    <button
      type={type}
      name={props.name}
      value={props.value}
      aria-describedby={props.describedBy}
      className={controlClass(kind, size, isWide)}
    >
      {children}
    </button>
  );
}
