"use client";

import { useDisclosure } from "@mantine/hooks";
import { IconKeyboard } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { IconButton } from "../icon-button";
import { Modal } from "../modal";
import { Tip } from "../tip";
import { useShortcuts } from "./shortcuts";
import classes from "./shortcuts-help.module.css";

const ShortcutsList = dynamic(() => import("./shortcuts-list").then((module) => module.ShortcutsList), { ssr: false });

/** What the keys do, and the switch that turns single keys off. Opens with "?". */
export function ShortcutsHelp() {
  const t = useTranslations("shortcuts");
  const common = useTranslations("common");
  const [isOpen, { open, close }] = useDisclosure(false);
  useShortcuts({ "?": open });
  return (
    <>
      <Tip label={t("title")}>
        <IconButton className={classes.button} aria-label={t("title")} onClick={open}>
          <IconKeyboard size={17} stroke={1.7} />
        </IconButton>
      </Tip>
      <Modal opened={isOpen} onClose={close} title={t("title")} closeButtonProps={{ "aria-label": common("close") }}>
        <ShortcutsList />
      </Modal>
    </>
  );
}
