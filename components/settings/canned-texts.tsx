"use client";

import { ActionIcon, Button, Skeleton } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { CannedRow } from "../api";
import { FailurePanel } from "../failure-panel";
import { Section } from "../page";
import { Tip } from "../tip";
import { useTRPC } from "../trpc";
import { CannedEditor } from "./canned-editor";
import classes from "./canned-texts.module.css";
import { RemoveText } from "./remove-text";

/** The texts the team answers with, in the order in which they are offered. */
export function CannedTexts() {
  const t = useTranslations("settings.texts");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const texts = useQuery(trpc.texts.list.queryOptions());
  const [edited, setEdited] = useState<CannedRow | "new" | null>(null);
  const status = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const moved = useRef<{ id: string; by: -1 | 1 } | null>(null);

  const queryKey = trpc.texts.list.queryKey();
  const order = useMutation(
    trpc.texts.order.mutationOptions({
      // Drawn at once: a list that is put in order must not lag behind the key that does it.
      onMutate: ({ ids }) => {
        queryClient.setQueryData(queryKey, (known) => known?.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)));
      },
      onSettled: () => queryClient.invalidateQueries({ queryKey }),
    }),
  );
  const rows = texts.data ?? [];
  const move = (row: CannedRow, by: -1 | 1) => {
    const ids = rows.map(({ id }) => id);
    const from = ids.indexOf(row.id);
    ids.splice(from, 1);
    ids.splice(from + by, 0, row.id);
    moved.current = { id: row.id, by };
    order.mutate({ ids });
    if (status.current) {
      status.current.textContent = t("moved", { title: row.title, place: from + by + 1, count: rows.length });
    }
  };
  // A row that is moved in the document loses the focus; it goes back to the button that moved it, or to its other one.
  useEffect(() => {
    if (!moved.current) return;
    const { id, by } = moved.current;
    moved.current = null;
    const buttons = list.current?.querySelectorAll<HTMLButtonElement>(`[data-id="${id}"] [data-move]`) ?? [];
    const wanted = [...buttons].toSorted((a) => (a.dataset.move === String(by) ? -1 : 1));
    wanted.find((button) => !button.disabled)?.focus();
  });

  return (
    <Section
      title={t("title")}
      description={t("text")}
      actions={
        <Button leftSection={<IconPlus size={15} />} onClick={() => setEdited("new")}>
          {t("add")}
        </Button>
      }
    >
      {texts.isPending && <Skeleton height={120} />}
      {texts.isError && <FailurePanel error={texts.error} />}
      {order.isError && <FailurePanel error={order.error} />}
      {texts.data?.length === 0 && <p className={classes.none}>{t("none")}</p>}
      {rows.length > 0 && (
        <ol className={classes.list} ref={list}>
          {rows.map((row, at) => (
            <li key={row.id} className={classes.row} data-id={row.id}>
              <Text row={row} onEdit={() => setEdited(row)} />
              <div className={classes.acts}>
                <Move row={row} by={-1} isEnd={at === 0} onMove={move} />
                <Move row={row} by={1} isEnd={at === rows.length - 1} onMove={move} />
                <Tip label={t("edit")}>
                  <ActionIcon
                    size={30}
                    aria-label={t("editNamed", { title: row.title })}
                    onClick={() => setEdited(row)}
                  >
                    <IconPencil size={16} stroke={1.7} />
                  </ActionIcon>
                </Tip>
                <RemoveText row={row} icon={<IconTrash size={16} stroke={1.7} />} />
              </div>
            </li>
          ))}
        </ol>
      )}
      <div ref={status} className={classes.hidden} role="status" />
      {edited && <CannedEditor text={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  );
}

function Text({ row, onEdit }: { row: CannedRow; onEdit: () => void }) {
  const t = useTranslations("settings.texts");
  const label = useTranslations("vocabulary");
  const about = [
    label(`verb.${row.verb}`),
    ...(row.kinds.length === 0 ? [t("allKinds")] : row.kinds.map((kind) => label(`kind.${kind}`))),
  ];
  return (
    <div className={classes.text}>
      <button type="button" className={classes.title} onClick={onEdit}>
        {row.title}
      </button>
      <span className={classes.about}>{about.join(" · ")}</span>
      {row.textZh && (
        <span className={classes.words} lang="zh-CN">
          {row.textZh}
        </span>
      )}
      {row.textEn && (
        <span className={classes.words} lang="en">
          {row.textEn}
        </span>
      )}
    </div>
  );
}

interface MoveProps {
  row: CannedRow;
  by: -1 | 1;
  isEnd: boolean;
  onMove: (row: CannedRow, by: -1 | 1) => void;
}

function Move({ row, by, isEnd, onMove }: MoveProps) {
  const t = useTranslations("settings.texts");
  const Icon = by === -1 ? IconArrowUp : IconArrowDown;
  return (
    <ActionIcon
      size={30}
      data-move={by}
      disabled={isEnd}
      aria-label={by === -1 ? t("up", { title: row.title }) : t("down", { title: row.title })}
      onClick={() => onMove(row, by)}
    >
      <Icon size={16} stroke={1.7} />
    </ActionIcon>
  );
}
