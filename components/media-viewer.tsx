"use client";

import { useTranslations } from "next-intl";
import classes from "./media.module.css";
import { Modal } from "./modal";

/** A picture as large as the window allows. */
export function MediaViewer({ src, onClose }: { src: string; onClose: () => void }) {
  const t = useTranslations("media");
  const common = useTranslations("common");
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("image")}
      size="auto"
      centered
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <div className={classes.large}>
        {/* biome-ignore lint/performance/noImgElement: the browser has it already, from where it was small. */}
        <img src={src} alt={t("image")} />
      </div>
      <a className={classes.open} href={src} target="_blank" rel="noreferrer noopener">
        {t("open")}
      </a>
    </Modal>
  );
}
