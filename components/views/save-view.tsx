"use client";

import { IconBookmark, IconBookmarkFilled } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { isSameView, toViewQuery, type ViewPage } from "@/lib/view";
import { IconButton } from "../icon-button";
import { Tip } from "../tip";
import { useViews } from "./views";

const Dialogue = dynamic(() => import("./view-dialogue").then((module) => module.ViewDialogue), { ssr: false });

interface SaveViewProps {
  page: ViewPage;
  /** The page's address as it is read; what is no filter of it is left out. */
  query: object;
}

/** Keeps the filters of a page under a name: for the filter bar of any page that has views. */
export function SaveView({ page, query }: SaveViewProps) {
  const t = useTranslations("views");
  const [isOpen, setOpen] = useState(false);
  const filters = toViewQuery(page, Object.fromEntries(Object.entries(query)));
  const saved = useViews().find((view) => view.page === page && isSameView(page, view.query, filters));
  const label = saved ? t("savedAs", { name: saved.name }) : t("save");
  return (
    <>
      <Tip label={label}>
        <IconButton size={30} isOutlined aria-label={label} onClick={() => setOpen(true)}>
          {saved ? <IconBookmarkFilled size={16} /> : <IconBookmark size={16} stroke={1.8} />}
        </IconButton>
      </Tip>
      {isOpen && <Dialogue wish={{ to: "save", page, query: filters }} onClose={() => setOpen(false)} />}
    </>
  );
}
