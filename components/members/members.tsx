"use client";

import { Button } from "@mantine/core";
import { IconUsers, IconX } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useFormatter, useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { maximumMemberIds } from "@/lib/member";
import type { Platform } from "@/lib/platform";
import type { TaskVerb } from "@/lib/task";
import type { MemberActInput } from "../api";
import { AsOf } from "../as-of";
import { FailurePanel } from "../failure-panel";
import { FreshPill } from "../fresh-pill";
import { IconButton } from "../icon-button";
import { EmptyState } from "../page";
import { Tip } from "../tip";
import { useTRPC } from "../trpc";
import { VirtualTable } from "../virtual-table";
import { ActIcon } from "./act-icon";
import { nameOf, useMemberVerbs, verbsFor } from "./acts";
import { useMembersAddress } from "./address";
import { useMemberColumns } from "./columns";
import { ExportMembers } from "./export-members";
import { Filters } from "./filters";
import classes from "./members.module.css";
import { RowActs } from "./row-acts";
import { type ShownMember, useMembers } from "./rows";
import { TaskStrips } from "./task-strips";
import { type Target, useMemberAct } from "./use-member-act";

// With a boundary of their own: without one the whole list would give way to its skeleton while they load.
const ActDialogue = dynamic(() => import("./act-dialogue").then((module) => module.ActDialogue), { ssr: false });
const MemberDrawer = dynamic(() => import("./member-drawer").then((module) => module.MemberDrawer), { ssr: false });

const nobody: ReadonlySet<string> = new Set();

/** The members of a group: found, sorted, chosen and acted on, one or ten thousand. */
export function Members({ botId, groupId, platform }: { botId: string; groupId: string; platform: Platform }) {
  const t = useTranslations("members");
  const common = useTranslations("common");
  const format = useFormatter();
  const trpc = useTRPC();
  const address = useMembersAddress(botId, groupId);
  const group = useMemo(() => ({ botId, groupId }), [botId, groupId]);
  const list = useMembers(group, address);
  const summary = useQuery(trpc.members.summary.queryOptions(group)).data;
  const verbs = useMemberVerbs(botId, summary);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(nobody);
  const [asked, setAsked] = useState<{ verb: TaskVerb; people: Target[] } | null>(null);
  const [undoable, setUndoable] = useState<{ person: Target; back: MemberActInput } | null>(null);
  const one = useMemberAct(group);
  const queryClient = useQueryClient();
  const readAgain = async () => {
    const reading = queryClient.fetchQuery({ ...trpc.members.read.queryOptions(group), staleTime: 0 });
    await queryClient.invalidateQueries(trpc.members.page.queryFilter());
    await reading.catch(() => null);
    await queryClient.invalidateQueries(trpc.members.page.queryFilter());
  };

  const ownId = summary?.ownId ?? null;
  const canLift = verbs.includes("unmute");
  const doOne = async (person: Target, act: MemberActInput) => {
    setUndoable(null);
    const result = await one.run(person, act);
    const back = result === null ? null : undoOf(act, canLift);
    if (back) setUndoable({ person, back });
  };
  const ask = (verb: TaskVerb, person: Target) => {
    // What can be taken back needs no question; the rest, and what takes words or a time, has its dialogue.
    if (verb === "unmute" || verb === "promote" || verb === "demote") void doOne(person, { verb });
    else setAsked({ verb, people: [person] });
  };
  const current = useRef({ ask, verbs, ownId });
  useEffect(() => {
    current.current = { ask, verbs, ownId };
  });
  const told = verbs.join(" ");
  const acts = useCallback(
    (row: ShownMember) => (
      <RowActs
        row={row}
        verbs={verbsFor(row, told === "" ? [] : current.current.verbs, current.current.ownId)}
        onAct={(verb) => current.current.ask(verb, { userId: row.userId, name: nameOf(row) })}
      />
    ),
    [told],
  );
  const columns = useMemberColumns(summary?.has, verbs.length > 0 ? acts : null);
  const peopleOf = (ids: ReadonlySet<string>): Target[] =>
    list.ids.flatMap((userId) => {
      const row = list.known.get(userId);
      return ids.has(userId) ? [{ userId, name: row ? nameOf(row) : userId }] : [];
    });
  const isChoosing = chosen.size > 0;
  useEffect(() => {
    // Ready before it is asked for.
    if (isChoosing) void import("./act-dialogue");
  }, [isChoosing]);
  const roster = list.page.data?.roster;
  if (list.page.isError && !list.page.data) {
    return (
      <FailurePanel error={list.page.error}>
        <Button onClick={() => void list.page.refetch()}>{common("again")}</Button>
      </FailurePanel>
    );
  }
  const isAll = chosen.size > 0 && chosen.size >= list.ids.length;
  const isEmptyForNow = list.isPending || (list.count === 0 && roster?.readAt === null && roster.isReading);
  return (
    <div className={classes.members}>
      <div className={classes.top}>
        <Filters address={address} summary={summary} />
        <div className={classes.topEnd}>
          <span className={classes.small} role="status">
            {t("total", { count: list.total })}
          </span>
          {roster && (
            <AsOf
              readAt={roster.readAt}
              isReading={roster.isReading}
              error={roster.error}
              onAgain={() => void readAgain()}
            />
          )}
          <ExportMembers {...group} filter={address.filter} order={address.order} />
        </div>
      </div>
      <div className={classes.table}>
        <FreshPill count={list.fresh} onShow={list.showFresh} />
        <VirtualTable
          label={t("title")}
          columns={columns}
          count={list.count}
          rowAt={list.rowAt}
          keyOf={keyOf}
          onRange={list.onRange}
          isPending={isEmptyForNow}
          sort={{ key: address.order.by, isDown: address.order.isDescending }}
          onSort={(key, isDown) => address.narrow({ sort: `${key}.${isDown ? "down" : "up"}` })}
          selection={
            verbs.length > 0
              ? {
                  chosen,
                  onChange: setChosen,
                  labelOf: nameOf,
                  canChoose: (row) => !row.isGone,
                  all: { isOn: isAll, onToggle: () => setChosen(isAll ? nobody : new Set(list.ids)) },
                }
              : undefined
          }
          onOpen={(row) => address.show(row.userId)}
          openKey={address.open}
          empty={
            <EmptyState icon={<IconUsers size={22} stroke={1.6} />} title={t("empty.title")}>
              {Object.keys(address.filter).length > 0 ? t("empty.filtered") : t("empty.text")}
            </EmptyState>
          }
        />
      </div>
      <div className={classes.bars}>
        {undoable && (
          <div className={classes.bar} role="status">
            <span className={classes.barText}>{t("canUndo", { name: undoable.person.name })}</span>
            <Button onClick={() => void doOne(undoable.person, undoable.back)}>{t("undo")}</Button>
            <IconButton size={30} aria-label={common("close")} onClick={() => setUndoable(null)}>
              <IconX size={16} stroke={1.8} />
            </IconButton>
          </div>
        )}
        {chosen.size > 0 && (
          <section className={classes.bar} aria-label={t("bar")}>
            <span className={classes.barText} role="status">
              {t("selected", { count: chosen.size })}
              {isAll && list.total > list.ids.length && ` · ${t("capped", { most: format.number(maximumMemberIds) })}`}
            </span>
            <span className={classes.barVerbs}>
              {verbs.map((verb) => (
                <Button
                  key={verb}
                  leftSection={<ActIcon verb={verb} />}
                  onClick={() => setAsked({ verb, people: peopleOf(chosen) })}
                >
                  {t(`verb.${verb}`)}
                </Button>
              ))}
            </span>
            <Tip label={t("clear")}>
              <IconButton size={30} aria-label={t("clear")} onClick={() => setChosen(nobody)}>
                <IconX size={16} stroke={1.8} />
              </IconButton>
            </Tip>
          </section>
        )}
      </div>
      <TaskStrips {...group} />
      {asked && summary && (
        <ActDialogue
          group={group}
          verb={asked.verb}
          people={asked.people}
          limits={summary.limits}
          onClose={() => setAsked(null)}
          onOne={(act) => {
            const [person] = asked.people;
            setAsked(null);
            if (person) void doOne(person, act);
          }}
          onStarted={() => {
            setAsked(null);
            setChosen(nobody);
          }}
        />
      )}
      {address.open && (
        <MemberDrawer
          group={group}
          platform={platform}
          userId={address.open}
          ownId={ownId}
          verbs={verbs}
          onAct={ask}
          onClose={() => address.show(null)}
        />
      )}
    </div>
  );
}

const keyOf = (row: ShownMember) => row.userId;

/** What takes an act back, where anything does. */
function undoOf(act: MemberActInput, canLift: boolean): MemberActInput | null {
  if (act.verb === "mute" && canLift) return { verb: "unmute" };
  if (act.verb === "promote") return { verb: "demote" };
  if (act.verb === "demote") return { verb: "promote" };
  return null;
}
