"use client";

import { type KeyboardEvent as KeyPress, useEffect, useId, useRef, useState } from "react";

export type PaletteView = {
  /** The page that searches without script. */
  readonly path: string;
  readonly foundPath: string;
  readonly label: string;
  readonly fieldLabel: string;
  readonly hint: string;
  readonly noneText: string;
  readonly keysLabel: string;
  readonly closeLabel: string;
  readonly keys: readonly { readonly keys: string; readonly text: string }[];
};

type Hit = {
  readonly href: string;
  readonly group: string;
  readonly label: string;
  readonly place: string;
};
type Answer = { readonly text: string; readonly hits: readonly Hit[] };

const PAUSE_MS = 120;
const NOTHING: Answer = { text: "", hits: [] };

/**
 * The search that ⌘K, Ctrl-K and "/" open over any page of the console; "?" opens it with its keys
 * listed. Without script its button is a link to the same search as a page.
 */
export function Palette({ view }: { readonly view: PaletteView }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);

  useEffect(() => {
    function press(event: KeyboardEvent) {
      const opens = isOpeningKey(event);
      if (!opens || dialog.current?.open) return;
      event.preventDefault();
      setOpen(true);
      dialog.current?.showModal();
    }
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  return (
    <>
      <a
        href={view.path}
        aria-keyshortcuts="Meta+K Control+K /"
        onClick={(event) => {
          event.preventDefault();
          setOpen(true);
          dialog.current?.showModal();
        }}
        className="inline-flex min-h-9 min-w-9 items-center justify-center gap-2 rounded-control
          border border-edge bg-raised px-2.5 text-small text-quiet hover:border-ink
          hover:text-ink"
      >
        <svg viewBox="0 0 16 16" className="size-4" aria-hidden="true">
          <path
            d="M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM10.5 10.5 14 14"
            className="fill-none stroke-current"
            strokeWidth="1.6"
            strokeLinecap="round"
          />
        </svg>
        <span className="max-tablet:sr-only">{view.label}</span>
        <kbd className="hidden font-sans desk:inline">⌘K</kbd>
      </a>
      {/* The browser's own dialog: it keeps the focus within, and gives it back when it closes. */}
      <dialog
        ref={dialog}
        aria-label={view.label}
        onClose={() => setOpen(false)}
        className="mx-auto mt-[12vh] w-[min(36rem,calc(100vw-2rem))] rounded-control border
          border-edge bg-raised p-0 text-ink backdrop:bg-ink/40"
      >
        {isOpen ? <PaletteBody view={view} close={() => dialog.current?.close()} /> : null}
      </dialog>
    </>
  );
}

/** The dialog was opened to type in it. */
const focus = (field: HTMLInputElement | null) => field?.focus();

function PaletteBody(props: { readonly view: PaletteView; readonly close: () => void }) {
  const { view, close } = props;
  const id = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const answer = useFound(view.foundPath, text);
  const hits = answer.hits;
  const isAnswered = answer.text !== "" && answer.text === text.trim();

  function press(event: KeyPress) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const hit = hits[at];
    if (step && hits.length > 0) {
      event.preventDefault();
      setAt((at + step + hits.length) % hits.length);
    } else if (event.key === "Enter" && hit) {
      event.preventDefault();
      window.location.assign(hit.href);
    }
  }

  return (
    <form action={view.path} method="get" className="grid">
      <div className="flex items-center gap-2 border-b border-line px-2">
        <input
          ref={focus}
          name="q"
          type="search"
          role="combobox"
          autoComplete="off"
          aria-label={view.fieldLabel}
          aria-expanded={hits.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={hits[at] ? `${id}-${at}` : undefined}
          placeholder={view.fieldLabel}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={press}
          className="h-12 w-full min-w-0 bg-transparent px-2 text-body"
        />
        <button type="button" onClick={close} className="px-2 py-1 text-small text-quiet">
          {view.closeLabel}
        </button>
      </div>
      <HitList id={id} hits={hits} at={at} label={view.label} />
      <p role="status" className="px-4 py-2 text-small text-quiet">
        {isAnswered && hits.length === 0 ? view.noneText : view.hint}
      </p>
      <Keys view={view} />
    </form>
  );
}

function HitList(props: {
  readonly id: string;
  readonly hits: readonly Hit[];
  readonly at: number;
  readonly label: string;
}) {
  const { id, hits, at } = props;
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label={props.label}
      className="max-h-80 overflow-y-auto"
    >
      {hits.map((hit, index) => (
        <a
          key={`${hit.group} ${hit.href} ${hit.label}`}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          tabIndex={-1}
          href={hit.href}
          className={`grid grid-cols-[1fr_auto] gap-x-4 px-4 py-2 hover:bg-stone
            ${index === at ? "bg-stone" : ""}`}
        >
          <bdi className="min-w-0 truncate font-medium">{hit.label}</bdi>
          <span className="text-small text-quiet">{hit.group}</span>
          <bdi className="col-span-2 min-w-0 truncate text-small text-quiet">{hit.place}</bdi>
        </a>
      ))}
    </div>
  );
}

function Keys({ view }: { readonly view: PaletteView }) {
  return (
    <details className="border-t border-line px-4 py-2 text-small text-quiet">
      <summary className="cursor-pointer">{view.keysLabel}</summary>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        {view.keys.map(({ keys, text }) => (
          <div key={text} className="contents">
            <dt className="font-mono">{keys}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** Asks once the typing pauses; an answer that was overtaken is thrown away. */
function useFound(path: string, typed: string): Answer {
  const [answer, setAnswer] = useState(NOTHING);
  const text = typed.trim();
  useEffect(() => {
    if (text.length < 2) return setAnswer(NOTHING);
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const address = `${path}?${new URLSearchParams({ q: text })}`;
        const response = await fetch(address, { signal: stop.signal });
        if (response.ok) setAnswer({ text, hits: await response.json() });
      } catch {
        // Away from the network, or overtaken: Enter still opens the page that searches.
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [path, text]);
  return answer;
}

function isOpeningKey(event: KeyboardEvent): boolean {
  if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey)) return true;
  const target = event.target;
  const isTyping =
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest("input, textarea, select") !== null);
  return (event.key === "/" || event.key === "?") && !isTyping && !event.metaKey && !event.ctrlKey;
}
