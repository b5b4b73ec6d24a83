"use client";

import { Button, NativeSelect, NumberInput, Skeleton } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { skipToken, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { href } from "@/lib/href";
import type { FriendBot, Stranger } from "../api";
import { Avatar } from "../avatar";
import { FailurePanel } from "../failure-panel";
import Link from "../link";
import { EmptyState } from "../page";
import { useCanOn } from "../shell/access";
import { useSupport } from "../support";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import { SaveView } from "../views/save-view";
import { useFriendsQuery } from "./address";
import classes from "./friends-page.module.css";
import type { FriendList } from "./query";

interface Place {
  latitude: number;
  longitude: number;
}

/** A list that is read when somebody looks, of one bot at a time: who is blocked, who is a friend one way, who is near. */
export function OtherList({ list, bots }: { list: Exclude<FriendList, "friends">; bots: readonly FriendBot[] }) {
  const t = useTranslations("friends");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const { query, narrow } = useFriendsQuery();
  const [place, setPlace] = useState<Place | null>(null);
  const bot = bots.find(({ id }) => id === query.bot) ?? bots[0];
  const of = <L extends string>(name: L) => (bot && list === name ? { botId: bot.id } : skipToken);
  const blocked = useQuery(trpc.friends.blocked.queryOptions(of("blocked"), { retry: false }));
  const oneWay = useQuery(trpc.friends.oneWay.queryOptions(of("oneWay"), { retry: false }));
  const nearby = useQuery(
    trpc.friends.nearby.queryOptions(bot && list === "nearby" && place ? { botId: bot.id, ...place } : skipToken, {
      retry: false,
    }),
  );
  const read = list === "blocked" ? blocked : list === "oneWay" ? oneWay : nearby;
  if (!bot) return null;
  return (
    <>
      <div className={classes.filters}>
        {bots.length > 1 && (
          <NativeSelect
            className={classes.select}
            aria-label={t("bot")}
            value={bot.id}
            data={bots.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => narrow({ bot: event.currentTarget.value })}
          />
        )}
        <SaveView page="friends" query={query} />
        <p className={classes.hint}>{t(`listText.${list}`)}</p>
      </div>
      {list === "nearby" && <Where onPlace={setPlace} />}
      <div className={classes.others}>
        {read.isLoading && <Skeleton height={180} m="sm" role="status" aria-label={common("loading")} />}
        {read.isError && (
          <div className={classes.body}>
            <FailurePanel error={read.error}>
              <Button onClick={() => read.refetch()}>{common("again")}</Button>
            </FailurePanel>
          </div>
        )}
        {read.data && read.data.length === 0 && (
          <EmptyState icon={<IconUsers size={22} stroke={1.6} />} title={t(`listNone.${list}`)} />
        )}
        {read.data && read.data.length > 0 && (
          <ul className={classes.people}>
            {read.data.map((person) => (
              <One key={person.id} bot={bot} person={person} list={list} />
            ))}
          </ul>
        )}
      </div>
    </>
  );
}

function One({ bot, person, list }: { bot: FriendBot; person: Stranger; list: FriendList }) {
  const t = useTranslations("friends");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const support = useSupport(bot.id);
  const mayOn = useCanOn(bot.id);
  const name = person.name || person.id;
  const unblock = useAct(
    trpc.friends.unblock.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.friends.pathFilter()) }),
    { done: () => t("done.unblock", { name }) },
  );
  const add = useAct(trpc.friends.add.mutationOptions(), { done: () => t("add.asked", { name }) });
  const who = { botId: bot.id, userId: person.id };
  const canUnblock = list === "blocked" && mayOn("friends.remove") && support("friends.unblock") === "on";
  const canAdd = list !== "blocked" && mayOn("friends.manage") && support("friends.add") === "on";
  return (
    <li>
      <span className={classes.who}>
        <Avatar id={person.id} name={person.name} src={person.avatar} size={28} />
        <span className={classes.names}>
          <Link className={classes.name} href={href.person(bot.platform, person.id)}>
            {name}
          </Link>
          <span className={classes.second}>{person.id}</span>
        </span>
      </span>
      {canUnblock && (
        <Button aria-label={t("unblockNamed", { name })} loading={unblock.isRunning} onClick={() => unblock.run(who)}>
          {t("unblock")}
        </Button>
      )}
      {canAdd && (
        <Button
          aria-label={t("add.askNamed", { name })}
          loading={add.isRunning}
          onClick={() => add.run({ ...who, reason: "" })}
        >
          {t("add.ask")}
        </Button>
      )}
    </li>
  );
}

/** Where to look around. Typed, not taken from the reader's device: the platform would be told where they are. */
function Where({ onPlace }: { onPlace: (place: Place) => void }) {
  const t = useTranslations("friends");
  const [latitude, setLatitude] = useState<number | string>("");
  const [longitude, setLongitude] = useState<number | string>("");
  const isReady = typeof latitude === "number" && typeof longitude === "number";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) onPlace({ latitude, longitude });
  };
  return (
    <form className={`${classes.body} ${classes.row}`} onSubmit={submit}>
      <NumberInput label={t("latitude")} min={-90} max={90} decimalScale={6} value={latitude} onChange={setLatitude} />
      <NumberInput
        label={t("longitude")}
        min={-180}
        max={180}
        decimalScale={6}
        value={longitude}
        onChange={setLongitude}
      />
      <Button type="submit" disabled={!isReady}>
        {t("look")}
      </Button>
    </form>
  );
}
