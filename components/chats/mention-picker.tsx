"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useImperativeHandle, useState } from "react";
import type { ChatMessage } from "../api";
import { Avatar } from "../avatar";
import { useTRPC } from "../trpc";
import classes from "./composer.module.css";
import type { Token } from "./draft";

/** The keys of the text field that belong to the list while it is open. */
export interface MentionKeys {
  /** @returns whether the key was taken. */
  press: (key: string) => boolean;
}

interface MentionPickerProps {
  keys: RefObject<MentionKeys | null>;
  botId: string;
  groupId: string;
  words: string;
  speakers: readonly ChatMessage["sender"][];
  canAll: boolean;
  onPick: (name: string, token: Token) => void;
}

interface Option {
  key: string;
  name: string;
  note: string;
  token: Token;
}

const most = 8;

/** Members whose name holds the words: who spoke lately first, then the group's list as the desk knows it. */
export function MentionPicker({ keys, botId, groupId, words, speakers, canAll, onPick }: MentionPickerProps) {
  const t = useTranslations("chats");
  const trpc = useTRPC();
  const [text] = useDebouncedValue(words, 150);
  const members = useQuery(
    trpc.members.page.queryOptions(
      { botId, groupId, filter: text ? { text } : {}, limit: most },
      { placeholderData: (previous) => previous, retry: false },
    ),
  );
  const low = words.toLowerCase();
  const options = new Map<string, Option>();
  const add = (userId: string, name: string) => {
    if (options.size >= most || options.has(userId)) return;
    options.set(userId, { key: userId, name, note: userId, token: { type: "mention", userId } });
  };
  for (const { id, name } of speakers)
    if (id !== null && (name.toLowerCase().includes(low) || id.startsWith(low))) add(id, name || id);
  for (const { userId, card, name } of members.data?.rows ?? []) add(userId, card || name || userId);
  const all: Option = { key: "all", name: t("everybody"), note: t("everybodyText"), token: { type: "mention_all" } };
  const offered = [...(canAll && all.name.toLowerCase().startsWith(low) ? [all] : []), ...options.values()];

  const [at, setAt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words, another list.
  useEffect(() => setAt(0), [words]);
  const chosen = offered[Math.min(at, offered.length - 1)];
  const pick = (option: Option) => onPick(option.name, option.token);
  useImperativeHandle(keys, () => ({
    press: (key) => {
      if (offered.length === 0) return false;
      if (key === "ArrowDown") setAt((at + 1) % offered.length);
      else if (key === "ArrowUp") setAt((at + offered.length - 1) % offered.length);
      else if ((key === "Enter" || key === "Tab") && chosen) pick(chosen);
      else return false;
      return true;
    },
  }));
  if (offered.length === 0) return null;
  return (
    <>
      {/* The focus stays in the text: what is chosen there is said here. */}
      <div className={classes.said} role="status">
        {chosen && t("mentionChosen", { name: chosen.name })}
      </div>
      <div id="chat-mentions" className={classes.picker} role="listbox" aria-label={t("mentions")}>
        {offered.map((option) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text field has the focus and the keys.
          <div
            key={option.key}
            className={classes.option}
            role="option"
            tabIndex={-1}
            aria-selected={option === chosen}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(option)}
          >
            <Avatar id={option.key} name={option.name} size={22} />
            <span className={classes.optionName}>{option.name}</span>
            <small>{option.note}</small>
          </div>
        ))}
      </div>
    </>
  );
}
