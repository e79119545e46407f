"use client";

import {
  type KeyboardEvent,
  type ReactNode,
  type SyntheticEvent,
  useEffect,
  useRef,
  useState,
} from "react";
import { type Step, stepTo } from "./facade-step";

const STEPS: Readonly<Record<string, Step>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  Home: "first",
  End: "last",
  PageUp: "roof",
  PageDown: "ground",
};

/**
 * Lets arrow keys walk the windows it wraps, and tells of the one under pointer or focus in a line
 * whose place is always kept. With script the façade is one stop of the Tab key, not hundreds.
 */
export function FacadeWalk(props: {
  readonly label: string;
  readonly hint: string;
  readonly children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [told, setTold] = useState<{ readonly unit: string; readonly detail: string } | null>(null);

  useEffect(() => {
    for (const [index, link] of windowsIn(box.current).entries()) {
      link.tabIndex = index === 0 ? 0 : -1;
    }
  }, []);

  function tell(event: SyntheticEvent) {
    const link = windowOf(event.target);
    if (!link) return;
    // Its name is the label, a colon, and what is told of the window.
    const unit = link.textContent;
    setTold({ unit, detail: (link.ariaLabel ?? "").slice(unit.length + 2) });
  }

  function walk(event: KeyboardEvent) {
    const link = windowOf(event.target);
    const step = STEPS[event.key];
    if (!link || !step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const windows = windowsIn(box.current);
    const next = windows[stepTo(placesOf(box.current), windows.indexOf(link), step)];
    if (!next) return;
    link.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  return (
    <section ref={box} aria-label={props.label} onFocus={tell} onMouseOver={tell} onKeyDown={walk}>
      {props.children}
      <p className="mt-3 min-h-12 tablet:min-h-6" aria-hidden="true">
        {told ? (
          <>
            <b className="font-strong">{told.unit}</b> {told.detail}
          </>
        ) : (
          <span className="text-quiet">{props.hint}</span>
        )}
      </p>
    </section>
  );
}

function windowsIn(box: Element | null): readonly HTMLAnchorElement[] {
  return box ? [...box.querySelectorAll<HTMLAnchorElement>("a[data-light]")] : [];
}

function windowOf(target: EventTarget): HTMLAnchorElement | null {
  return target instanceof Element ? target.closest<HTMLAnchorElement>("a[data-light]") : null;
}

/** Where each window stands: floors from the roof, windows from the floor's start. */
function placesOf(box: Element | null): readonly { row: number; column: number }[] {
  const floors = box ? [...box.querySelectorAll("ul")] : [];
  return floors.flatMap((floor, row) => windowsIn(floor).map((_, column) => ({ row, column })));
}
