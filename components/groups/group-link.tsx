"use client";

import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { renderSVG } from "uqr";
import type { GroupRow } from "../api";
import { CopyField } from "../copy-field";
import { FailurePanel } from "../failure-panel";
import { Modal } from "../modal";
import { useTRPC } from "../trpc";
import classes from "./groups.module.css";

/** The address that leads to a group, as text and as a picture to be scanned. */
export function GroupLink({ group, onClose }: { group: GroupRow; onClose: () => void }) {
  const t = useTranslations("groups.link");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const at = { botId: group.bot.id, groupId: group.groupId };
  const found = useQuery(trpc.groups.link.queryOptions(at, { staleTime: 0 }));
  return (
    <Modal opened onClose={onClose} title={t("title")} closeButtonProps={{ "aria-label": common("close") }}>
      <div className={classes.link}>
        {found.isPending && <Skeleton height={224} width={224} role="status" aria-label={common("loading")} />}
        {found.isError && (
          <FailurePanel error={found.error}>
            <Button onClick={() => found.refetch()}>{common("again")}</Button>
          </FailurePanel>
        )}
        {found.isSuccess && (
          <>
            {/* biome-ignore lint/performance/noImgElement: it is drawn here, and lies on no server. */}
            <img
              className={classes.code}
              src={`data:image/svg+xml,${encodeURIComponent(renderSVG(found.data.link, { border: 2 }))}`}
              alt={t("picture", { name: group.name || group.groupId })}
              width={224}
              height={224}
            />
            <CopyField label={t("title")} value={found.data.link} />
            <p className={classes.note}>{t("text")}</p>
          </>
        )}
      </div>
    </Modal>
  );
}
