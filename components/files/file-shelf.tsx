"use client";

import { Button, FileButton, Skeleton } from "@mantine/core";
import { IconFiles, IconFolder, IconFolderPlus, IconUpload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type DragEvent, useState } from "react";
import { FailurePanel } from "../failure-panel";
import { useKeptFocus } from "../kept-focus";
import { EmptyState } from "../page";
import { useCanOn } from "../shell/access";
import { useSupport } from "../support";
import { useTRPC } from "../trpc";
import { useFolder } from "./address";
import { Crumbs } from "./crumbs";
import type { FileAct } from "./file-dialogue";
import { FileLine } from "./file-line";
import classes from "./files.module.css";
import { FolderLine } from "./folder-line";
import { useSize } from "./size";
import { SpaceUsed } from "./space-used";
import { UploadList } from "./upload-list";
import { useUploads } from "./use-uploads";

/** Opens when something is asked for. */
const FileDialogue = dynamic(() => import("./file-dialogue").then((module) => module.FileDialogue), { ssr: false });

/** The files of a group, folder by folder, as the platform has them now. */
export function FileShelf({ botId, groupId }: { botId: string; groupId: string }) {
  const t = useTranslations("files");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const support = useSupport(botId);
  const size = useSize();
  const [folderId, open] = useFolder(botId, groupId);
  const [act, setAct] = useState<FileAct | null>(null);
  const [isOver, setOver] = useState(false);
  /** The folder that is open or was last, and the one before. */
  const [way, setWay] = useState<{ at: string | null; left: string | null }>({ at: folderId, left: null });
  if (way.at !== folderId) setWay({ at: folderId, left: way.at });
  const focus = useKeptFocus<HTMLElement>(act !== null);
  const at = { botId, groupId, folderId };
  const shelf = useQuery(trpc.files.list.queryOptions(at, { staleTime: 10_000 }));
  // Who follows a link to a folder knows its id only.
  const root = useQuery(trpc.files.list.queryOptions({ ...at, folderId: null }, { staleTime: 10_000 }));
  const found = root.data?.folders.find(({ id }) => id === folderId);
  const folder = folderId === null ? null : { id: folderId, name: found?.name ?? (root.isPending ? null : folderId) };
  const uploads = useUploads(at);
  const mayOn = useCanOn(botId);
  const may = { manage: mayOn("files.manage"), remove: mayOn("files.remove") };
  const canUpload = may.manage && support("files.upload") === "on";
  const drag = (event: DragEvent) => {
    if (!canUpload || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setOver(event.type !== "dragleave" && event.type !== "drop");
    if (event.type === "drop") uploads.add([...event.dataTransfer.files]);
  };
  return (
    <section
      {...focus}
      className={classes.shelf}
      aria-label={t("title")}
      data-over={isOver || undefined}
      onDragEnter={drag}
      onDragOver={drag}
      onDragLeave={drag}
      onDrop={drag}
    >
      <div className={classes.head}>
        <Crumbs folder={folder} onRoot={() => open(null)} />
        {may.manage && folder === null && support("folders.create") === "on" && (
          <Button
            leftSection={<IconFolderPlus size={16} stroke={1.8} />}
            onClick={() => setAct({ do: "createFolder" })}
          >
            {t("newFolder")}
          </Button>
        )}
        {canUpload && (
          <FileButton multiple onChange={(chosen) => uploads.add(chosen)}>
            {(props) => (
              <Button {...props} variant="filled" leftSection={<IconUpload size={16} stroke={1.8} />}>
                {t("upload")}
              </Button>
            )}
          </FileButton>
        )}
      </div>
      <SpaceUsed botId={botId} groupId={groupId} />
      <UploadList uploads={uploads} />
      {shelf.isPending && <Loading />}
      {shelf.isError && (
        <FailurePanel error={shelf.error}>
          <Button onClick={() => shelf.refetch()}>{common("again")}</Button>
        </FailurePanel>
      )}
      {shelf.data && shelf.data.files.length + shelf.data.folders.length === 0 && (
        <EmptyState
          icon={folder ? <IconFolder size={22} stroke={1.6} /> : <IconFiles size={22} stroke={1.6} />}
          title={folder ? t("emptyFolder") : t("empty")}
        >
          {canUpload ? t("emptyText", { size: size(shelf.data.limit) }) : undefined}
        </EmptyState>
      )}
      {shelf.data && shelf.data.files.length + shelf.data.folders.length > 0 && (
        <ul className={classes.rows} aria-label={folder?.name ?? t("title")}>
          {shelf.data.folders.map((each) => (
            <FolderLine
              key={each.id}
              folder={each}
              wasLeft={each.id === way.left}
              onOpen={() => open(each.id)}
              onRemove={
                may.remove && support("folders.remove") === "on"
                  ? () => setAct({ do: "removeFolder", folder: each })
                  : null
              }
            />
          ))}
          {shelf.data.files.map((file) => (
            <FileLine key={file.id} at={at} file={file} may={may} onAct={setAct} />
          ))}
        </ul>
      )}
      {shelf.data?.isComplete === false && <p className={classes.note}>{t("cut")}</p>}
      {canUpload && shelf.data && shelf.data.files.length > 0 && (
        <p className={classes.note}>{t("drop", { size: size(shelf.data.limit) })}</p>
      )}
      {act && <FileDialogue at={at} act={act} onClose={() => setAct(null)} />}
    </section>
  );
}

function Loading() {
  const common = useTranslations("common");
  return (
    <div className={classes.rows} role="status" aria-label={common("loading")}>
      {[0, 1, 2, 3].map((row) => (
        <div key={row} className={classes.row}>
          <Skeleton className={classes.icon} width={20} height={20} />
          <span className={classes.about}>
            <Skeleton width="38%" height={13} />
            <Skeleton width="22%" height={10} mt={7} />
          </span>
        </div>
      ))}
    </div>
  );
}
