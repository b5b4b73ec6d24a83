"use client";

import "@mantine/core/styles/SegmentedControl.layer.css";
import { NativeSelect, SegmentedControl } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { GroupRoster } from "../api";
import { Modal } from "../modal";
import { useSupport } from "../support";
import { CreateGroup } from "./create-group";
import classes from "./groups.module.css";
import { JoinGroup } from "./join-group";
import { NearbyGroups, SearchGroups } from "./search-groups";

const ways = [
  { name: "search", needs: "groups.search" },
  { name: "join", needs: "groups.join" },
  { name: "nearby", needs: "groups.nearby" },
  { name: "create", needs: "groups.create" },
] as const;
type Way = (typeof ways)[number]["name"];

/** Brings an account into a group: found, known by its number, near by, or new. Each way only where its platform has it. */
export function FindGroup({ rosters, onClose }: { rosters: readonly GroupRoster[]; onClose: () => void }) {
  const t = useTranslations("groups.find");
  const common = useTranslations("common");
  const bots = rosters.filter(({ mayManage, bot }) => mayManage && bot.isEnabled).map(({ bot }) => bot);
  const [botId, setBotId] = useState(bots[0]?.id ?? "");
  return (
    <Modal opened onClose={onClose} size="lg" title={t("title")} closeButtonProps={{ "aria-label": common("close") }}>
      <div className={`${classes.form} ${classes.find}`}>
        <NativeSelect
          label={t("bot")}
          data-autofocus
          value={botId}
          data={bots.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => setBotId(event.currentTarget.value)}
        />
        {botId !== "" && <Ways key={botId} botId={botId} onClose={onClose} />}
      </div>
    </Modal>
  );
}

function Ways({ botId, onClose }: { botId: string; onClose: () => void }) {
  const t = useTranslations("groups.find");
  const support = useSupport(botId);
  const [chosen, setChosen] = useState<Way | null>(null);
  if (support("groups.join") === "unknown") return null;
  const there = ways.filter(({ needs }) => support(needs) === "on");
  const way = there.find(({ name }) => name === chosen)?.name ?? there[0]?.name;
  if (way === undefined) return <p className={classes.note}>{t("none")}</p>;
  const canJoin = support("groups.join") === "on";
  return (
    <>
      {there.length > 1 && (
        <SegmentedControl
          aria-label={t("how")}
          value={way}
          data={there.map(({ name }) => ({ value: name, label: t(`way.${name}`) }))}
          onChange={(value) => setChosen(ways.find(({ name }) => name === value)?.name ?? null)}
        />
      )}
      {way === "search" && <SearchGroups botId={botId} canJoin={canJoin} />}
      {way === "nearby" && <NearbyGroups botId={botId} canJoin={canJoin} />}
      {way === "join" && <JoinGroup botId={botId} groupId={null} />}
      {way === "create" && <CreateGroup botId={botId} onClose={onClose} />}
    </>
  );
}
