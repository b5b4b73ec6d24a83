"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import { BotSelect } from "../bot-select";
import { SearchField } from "../search-field";
import { useCan } from "../shell/access";
import { useTRPC } from "../trpc";
import { useTypedAhead } from "../typed-ahead";
import { SaveView } from "../views/save-view";
import { useChatsQuery } from "./address";
import classes from "./conversation-list.module.css";

/** Which conversations are listed: by name or number, by bot, only those with something unread. */
export function ListFilter({ search }: { search: RefObject<HTMLInputElement | null> }) {
  const t = useTranslations("chats");
  const trpc = useTRPC();
  const { query, narrow } = useChatsQuery();
  const [text, change] = useTypedAhead(query.text ?? "", (value) => narrow({ text: value }));
  const bots = useQuery(trpc.bots.list.queryOptions(undefined, { enabled: useCan("bots.view") })).data ?? [];
  return (
    <div className={classes.filter}>
      <div className={classes.top}>
        <h1 className={classes.title}>{t("title")}</h1>
        <SearchField
          ref={search}
          className={classes.field}
          isSmall
          label={t("search")}
          placeholder={t("search")}
          clearLabel={t("clearSearch")}
          value={text}
          onChange={change}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
        <SaveView page="chats" query={query} />
      </div>
      <div className={classes.top}>
        <BotSelect className={classes.field} isSmall bots={bots} value={query.bot} onPick={(bot) => narrow({ bot })} />
        <button
          type="button"
          className={classes.only}
          aria-pressed={query.unread === "on"}
          onClick={() => narrow({ unread: query.unread === "on" ? null : "on" })}
        >
          {t("onlyUnread")}
        </button>
      </div>
    </div>
  );
}
