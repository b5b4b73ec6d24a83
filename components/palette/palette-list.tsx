"use client";

import { Kbd, Loader } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useFoundItems } from "./found-items";
import { type Item, type ItemKind, isMatch } from "./item";
import { useOwnItems } from "./own-items";
import classes from "./palette.module.css";
import { useRecent } from "./recent-items";

/** So long after the last letter the desk is asked, ms. */
const pause = 120;

const keys = [
  { name: "move", keys: ["↑", "↓"] },
  { name: "open", keys: ["Enter"] },
  { name: "close", keys: ["Esc"] },
] as const;

/** A field and what it finds: one list for the keyboard and for screen readers (a combobox of ARIA), grouped by kind. */
export function PaletteList({ onDone }: { onDone: () => void }) {
  const t = useTranslations("palette");
  const id = useId();
  const router = useRouter();
  const [text, setText] = useState("");
  const [notice, say] = useState("");
  const [chosen, choose] = useState<string | null>(null);
  const words = text.trim();
  const [settled] = useDebouncedValue(words, pause);
  const own = useOwnItems(say);
  const { items: found, isPending } = useFoundItems(settled);
  const recent = useRecent(own);
  const items =
    words === ""
      ? [...recent.items, ...own.filter(({ kind }) => kind !== "views" || recent.items.length === 0)]
      : [...own.filter((item) => isMatch(item, words)), ...(settled === "" ? [] : found)];
  const at = Math.max(
    0,
    items.findIndex(({ key }) => key === chosen),
  );
  const active = items[at];
  const isWaiting = words !== "" && (isPending || settled !== words);

  const go = (item: Item) => {
    recent.keep(item);
    if (item.to !== undefined) router.push(item.to);
    item.run?.(onDone);
    if (!item.isAnswered) onDone();
  };
  // Whoever pastes an id and presses Enter at once means what is found for it.
  const isInHaste = useRef(false);
  useEffect(() => {
    if (!isInHaste.current || isWaiting) return;
    isInHaste.current = false;
    if (active) go(active);
  });

  const step = (by: number) => {
    const next = items[(at + by + items.length) % Math.max(1, items.length)];
    if (!next) return;
    choose(next.key);
    document.getElementById(`${id}-${next.key}`)?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      step(by);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (active) go(active);
      else if (isWaiting) isInHaste.current = true;
    }
  };

  return (
    <>
      <div className={classes.search}>
        {isWaiting ? <Loader size={16} /> : <IconSearch size={17} stroke={1.8} aria-hidden="true" />}
        <input
          className={classes.input}
          role="combobox"
          type="text"
          aria-label={t("open")}
          aria-expanded
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active ? `${id}-${active.key}` : undefined}
          placeholder={t("placeholder")}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={200}
          data-autofocus
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            choose(null);
            say("");
          }}
          onKeyDown={onKeyDown}
        />
        {/* Where no key closes it. */}
        <button type="button" className={classes.leave} onClick={onDone}>
          {t("leave")}
        </button>
      </div>
      <div className={classes.list} id={`${id}-list`} role="listbox" aria-label={t("results")}>
        {byKind(items).map(([kind, ones]) => (
          // biome-ignore lint/a11y/useSemanticElements: options are grouped by this role; a fieldset may not stand in a listbox.
          <div key={kind} className={classes.group} role="group" aria-labelledby={`${id}-${kind}`}>
            <div className={classes.title} id={`${id}-${kind}`} role="presentation">
              {t(`kind.${kind}`)}
            </div>
            {ones.map((item) => (
              <Option
                key={item.key}
                id={`${id}-${item.key}`}
                item={item}
                isActive={item === active}
                onHover={choose}
                onGo={go}
              />
            ))}
          </div>
        ))}
      </div>
      {items.length === 0 && !isWaiting && <p className={classes.none}>{t("none")}</p>}
      <div className={classes.hidden} role="status">
        {notice || (words === "" || isWaiting ? "" : t("count", { count: items.length }))}
      </div>
      <div className={classes.foot} aria-hidden="true">
        {keys.map(({ name, keys: names }) => (
          <span key={name}>
            {names.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
            {t(`keys.${name}`)}
          </span>
        ))}
      </div>
    </>
  );
}

interface OptionProps {
  id: string;
  item: Item;
  isActive: boolean;
  onHover: (key: string) => void;
  onGo: (item: Item) => void;
}

function Option({ id, item, isActive, onHover, onGo }: OptionProps) {
  const { key, label, hint, icon: Icon } = item;
  return (
    // The field has the focus and the keys; an option is only pointed at.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, as ARIA has it for a combobox.
    <div
      id={id}
      className={classes.option}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      onMouseMove={() => onHover(key)}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onGo(item)}
    >
      <Icon size={16} stroke={1.7} aria-hidden="true" />
      <span className={classes.label}>{label}</span>
      <span className={classes.hint}>{hint}</span>
    </div>
  );
}

/** Kinds in the order in which they first stand. */
function byKind(items: readonly Item[]): [ItemKind, Item[]][] {
  const groups = new Map<ItemKind, Item[]>();
  for (const item of items) groups.set(item.kind, [...(groups.get(item.kind) ?? []), item]);
  return [...groups];
}
