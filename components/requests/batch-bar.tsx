"use client";

import { Button } from "@mantine/core";
import { IconCheck, IconEyeOff, IconX } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { memo, useState } from "react";
import type { Verb } from "@/lib/request";
import { IconButton } from "../icon-button";
import { Tip } from "../tip";
import classes from "./batch-bar.module.css";
import { BatchStrips } from "./batch-strips";
import { useSelection } from "./selection";

const BatchDialog = dynamic(() => import("./batch-dialog").then((module) => module.BatchDialog), { ssr: false });

/** Below the list: one decision over the selection, and how the batches under way are doing. */
export const BatchBar = memo(function BatchBar() {
  const t = useTranslations("requests.batch");
  const label = useTranslations("vocabulary");
  const { ids, clear } = useSelection();
  // What is decided is fixed when the dialogue opens: the list goes on living behind it.
  const [open, setOpen] = useState<{ verb: Verb; ids: ReadonlyMap<string, number> } | null>(null);
  const start = (verb: Verb) => setOpen({ verb, ids: new Map(ids) });
  return (
    <div className={classes.foot}>
      <BatchStrips />
      {ids.size > 0 && (
        <section className={classes.bar} aria-label={t("bar")}>
          <span className={classes.count} role="status">
            {t("selected", { count: ids.size })}
          </span>
          <div className={classes.verbs}>
            <Button leftSection={<IconCheck size={15} stroke={2.2} />} onClick={() => start("approve")}>
              {label("verb.approve")}
            </Button>
            <Button
              className={classes.deny}
              leftSection={<IconX size={15} stroke={2.2} />}
              onClick={() => start("deny")}
            >
              {label("verb.deny")}
            </Button>
            <Tip label={label("verb.ignore")}>
              <IconButton size={30} aria-label={label("verb.ignore")} onClick={() => start("ignore")}>
                <IconEyeOff size={16} stroke={1.8} />
              </IconButton>
            </Tip>
            <Tip label={t("clear")}>
              <IconButton size={30} aria-label={t("clear")} onClick={clear}>
                <IconX size={16} stroke={1.8} />
              </IconButton>
            </Tip>
          </div>
        </section>
      )}
      {open && (
        <BatchDialog
          verb={open.verb}
          ids={open.ids}
          onClose={() => setOpen(null)}
          onStarted={() => {
            setOpen(null);
            clear();
          }}
        />
      )}
    </div>
  );
});
