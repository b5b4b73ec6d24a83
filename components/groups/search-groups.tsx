"use client";

import "@mantine/core/styles/NumberInput.layer.css";

import { Button, NumberInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { FoundGroup } from "../api";
import { FailurePanel } from "../failure-panel";
import { Initials } from "../initials";
import { useTRPC } from "../trpc";
import { MemberCount } from "./group-columns";
import classes from "./groups.module.css";
import { JoinGroup } from "./join-group";

interface WayProps {
  botId: string;
  canJoin: boolean;
}

/** Groups anywhere on the platform, by words. */
export function SearchGroups({ botId, canJoin }: WayProps) {
  const t = useTranslations("groups.find");
  const trpc = useTRPC();
  const [typed, setTyped] = useState("");
  const [words, setWords] = useState("");
  const found = useQuery(trpc.groups.search.queryOptions({ botId, words }, { enabled: words !== "", staleTime: 0 }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() === words) void found.refetch();
    else setWords(typed.trim());
  };
  return (
    <>
      <form className={classes.ask} onSubmit={submit}>
        <TextInput
          className={classes.wide}
          type="search"
          label={t("words")}
          maxLength={100}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" size="sm" disabled={typed.trim() === ""} loading={found.isFetching}>
          {t("search")}
        </Button>
      </form>
      <Found found={found} botId={botId} canJoin={canJoin} />
    </>
  );
}

/** Groups around a place. */
export function NearbyGroups({ botId, canJoin }: WayProps) {
  const t = useTranslations("groups.find");
  const trpc = useTRPC();
  const [latitude, setLatitude] = useState<number | string>("");
  const [longitude, setLongitude] = useState<number | string>("");
  const [place, setPlace] = useState<{ latitude: number; longitude: number } | null>(null);
  const found = useQuery(
    trpc.groups.nearby.queryOptions(
      { botId, ...(place ?? { latitude: 0, longitude: 0 }) },
      { enabled: place !== null, staleTime: 0 },
    ),
  );
  const isWhole = typeof latitude === "number" && typeof longitude === "number";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isWhole) setPlace({ latitude, longitude });
  };
  return (
    <>
      <form className={classes.ask} onSubmit={submit}>
        <NumberInput label={t("latitude")} min={-90} max={90} hideControls value={latitude} onChange={setLatitude} />
        <NumberInput
          label={t("longitude")}
          min={-180}
          max={180}
          hideControls
          value={longitude}
          onChange={setLongitude}
        />
        <Button type="submit" size="sm" disabled={!isWhole} loading={found.isFetching}>
          {t("look")}
        </Button>
      </form>
      <Found found={found} botId={botId} canJoin={canJoin} />
    </>
  );
}

function Found({
  found,
  botId,
  canJoin,
}: WayProps & { found: { data: FoundGroup[] | undefined; error: unknown; isError: boolean } }) {
  const t = useTranslations("groups.find");
  const [open, setOpen] = useState<string | null>(null);
  if (found.isError) return <FailurePanel error={found.error} />;
  if (found.data === undefined) return null;
  if (found.data.length === 0) return <p className={classes.note}>{t("nothing")}</p>;
  return (
    <ul className={classes.rows} aria-label={t("found")}>
      {found.data.map((group) => (
        <li key={group.id} className={classes.foundLine}>
          <span className={classes.line}>
            <Initials id={group.id} name={group.name || group.id} size={30} />
            <span className={classes.names}>
              <span className={classes.lineName}>{group.name || group.id}</span>
              <span className={classes.small}>{group.intro || group.id}</span>
            </span>
            <MemberCount count={group.memberCount} limit={group.memberLimit} />
            {canJoin && (
              <Button
                size="xs"
                aria-expanded={open === group.id}
                aria-label={t("joinNamed", { name: group.name || group.id })}
                onClick={() => setOpen(open === group.id ? null : group.id)}
              >
                {t("join")}
              </Button>
            )}
          </span>
          {open === group.id && <JoinGroup botId={botId} groupId={group.id} />}
        </li>
      ))}
    </ul>
  );
}
