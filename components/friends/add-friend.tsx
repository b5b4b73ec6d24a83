"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { FriendBot } from "../api";
import { Avatar } from "../avatar";
import dialogue from "../dialogue.module.css";
import { FailurePanel } from "../failure-panel";
import { Modal } from "../modal";
import { TextBox } from "../text-box";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import classes from "./friends-page.module.css";

/** Finds somebody where the platform can search, and asks them to be a friend of the bot. */
export function AddFriend({ bots, onClose }: { bots: readonly FriendBot[]; onClose: () => void }) {
  const t = useTranslations("friends.add");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const [botId, setBot] = useState(bots[0]?.id ?? "");
  const [words, setWords] = useState("");
  const [searched, setSearched] = useState("");
  const [reason, setReason] = useState("");
  const canSearch = bots.some(({ id, can }) => id === botId && can.includes("friends.search"));
  const found = useQuery(
    trpc.friends.search.queryOptions(
      { botId, words: searched || "-" },
      { enabled: canSearch && searched !== "", retry: false },
    ),
  );
  const add = useAct(trpc.friends.add.mutationOptions(), {
    done: ({ state }, { userId }) =>
      state === "confirmed" ? t("already", { name: userId }) : t("asked", { name: userId }),
  });
  const ask = async (userId: string) => {
    if ((await add.run({ botId, userId, reason: reason.trim() })) !== null) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = words.trim();
    if (text === "") return;
    if (canSearch) setSearched(text);
    else void ask(text);
  };
  return (
    <Modal opened onClose={onClose} title={t("title")} closeButtonProps={{ "aria-label": common("close") }}>
      <form className={dialogue.form} onSubmit={submit}>
        {bots.length > 1 && (
          <NativeSelect
            label={t("as")}
            value={botId}
            data={bots.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => {
              setBot(event.currentTarget.value);
              setSearched("");
            }}
          />
        )}
        <div className={classes.row}>
          <TextInput
            label={canSearch ? t("words") : t("account")}
            autoComplete="off"
            spellCheck={false}
            maxLength={60}
            data-autofocus
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          {canSearch && (
            <Button type="submit" size="sm" disabled={words.trim() === ""} loading={found.isFetching}>
              {t("search")}
            </Button>
          )}
        </div>
        <TextBox
          label={t("reason")}
          minRows={1}
          maxRows={4}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {!canSearch && (
          <Button
            className={classes.ask}
            type="submit"
            size="sm"
            variant="filled"
            disabled={words.trim() === ""}
            loading={add.isRunning}
          >
            {t("ask")}
          </Button>
        )}
        {found.isError && <FailurePanel error={found.error} />}
        {found.data && found.data.length === 0 && <p className={classes.hint}>{t("nobody")}</p>}
        {found.data && found.data.length > 0 && (
          <ul className={`${classes.people} ${classes.found}`}>
            {found.data.map((person) => (
              <li key={person.id}>
                <span className={classes.who}>
                  <Avatar id={person.id} name={person.name} src={person.avatar} size={28} />
                  <span className={classes.names}>
                    <span className={classes.name}>{person.name || person.id}</span>
                    <span className={classes.second}>{person.id}</span>
                  </span>
                </span>
                <Button
                  variant="filled"
                  aria-label={t("askNamed", { name: person.name || person.id })}
                  loading={add.isRunning}
                  onClick={() => ask(person.id)}
                >
                  {t("ask")}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </form>
    </Modal>
  );
}
