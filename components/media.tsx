"use client";

import { IconDownload, IconFile, IconPhoto, IconPlayerPlay, IconVolume } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useFailureText } from "./failure";
import { type Failure, toFailure } from "./failure-shape";
import classes from "./media.module.css";

/** Loads when the first picture is enlarged. */
const MediaViewer = dynamic(() => import("./media-viewer").then((file) => file.MediaViewer), { ssr: false });

/** A piece of a message that is more than text. `src` is an address of the desk's own; null: there is nothing to fetch. */
export interface MediaPiece {
  type: "image" | "voice" | "video" | "file";
  src: string | null;
  name?: string | null;
}

/** A picture, a sound, a video or a file. Its room is taken before it is there, and why it cannot be shown is told in it. */
export function Media({ piece }: { piece: MediaPiece }) {
  const t = useTranslations("media");
  const { type, src, name } = piece;
  if (src === null) return <Missing type={type}>{t("none", { kind: name || t(type) })}</Missing>;
  if (type === "file") return <FileLink src={src} name={name || t("file")} />;
  return <Shown key={src} type={type} src={src} />;
}

/** Drawn anew for each address: what failed at one says nothing of another. */
function Shown({ type, src }: { type: "image" | "voice" | "video"; src: string }) {
  const t = useTranslations("media");
  const [state, setState] = useState<"loading" | "there" | "failed">("loading");
  const [why, setWhy] = useState<Failure | null>(null);
  const [isOpen, setOpen] = useState(false);
  const fail = () => {
    setState("failed");
    setWhy(null);
    void askWhy(src).then(setWhy);
  };
  if (state === "failed") return <Failed type={type} why={why} onAgain={() => setState("loading")} />;
  if (type === "image")
    return (
      <>
        <button
          type="button"
          className={classes.picture}
          data-loading={state === "loading" || undefined}
          aria-label={t("enlarge")}
          onClick={() => setOpen(true)}
        >
          {/* biome-ignore lint/performance/noImgElement: it comes through the desk's own proxy; Next's would fetch and keep it a second time. */}
          <img src={src} alt="" loading="lazy" decoding="async" onLoad={() => setState("there")} onError={fail} />
        </button>
        {isOpen && <MediaViewer src={src} onClose={() => setOpen(false)} />}
      </>
    );
  if (type === "voice")
    return (
      // biome-ignore lint/a11y/useMediaCaption: no platform tells what is said in a voice message.
      <audio className={classes.sound} src={src} controls preload="none" aria-label={t("voice")} onError={fail} />
    );
  return (
    // biome-ignore lint/a11y/useMediaCaption: no platform gives captions to what people send each other.
    <video className={classes.video} src={src} controls preload="none" aria-label={t("video")} onError={fail} />
  );
}

function Failed({ type, why, onAgain }: { type: MediaPiece["type"]; why: Failure | null; onAgain: () => void }) {
  const t = useTranslations("media");
  const textOf = useFailureText();
  // What arrived whole and still cannot be drawn is of a kind that this browser does not know.
  const text = why === null ? t(type) : why.code === "internal" ? t("unplayable") : textOf(why).what;
  return (
    <Missing type={type}>
      <span role="status">{text}</span>
      <button type="button" className={classes.again} onClick={onAgain}>
        {t("again")}
      </button>
    </Missing>
  );
}

const icons = { image: IconPhoto, voice: IconVolume, video: IconPlayerPlay, file: IconFile };

function Missing({ type, children }: { type: MediaPiece["type"]; children: ReactNode }) {
  const Icon = icons[type];
  return (
    <span className={classes.missing}>
      <Icon size={16} stroke={1.7} aria-hidden="true" />
      <span className={classes.words}>{children}</span>
    </span>
  );
}

function FileLink({ src, name }: { src: string; name: string }) {
  const t = useTranslations("media");
  return (
    <a className={classes.file} href={src} download={name} aria-label={t("download", { name })}>
      <IconFile size={18} stroke={1.6} aria-hidden="true" />
      <span className={classes.name}>{name}</span>
      <IconDownload size={15} stroke={1.8} aria-hidden="true" />
    </a>
  );
}

/** An element that fails does not say why; asked as a call, the proxy does. */
async function askWhy(src: string): Promise<Failure> {
  try {
    const answer = await fetch(src);
    if (answer.ok) {
      await answer.body?.cancel();
      return { code: "internal", detail: {}, fields: {}, correlationId: null };
    }
    const body: unknown = await answer.json();
    // server/http/reply.ts: the shape of an error of the API.
    return toFailure((body as { error?: { json?: unknown } }).error?.json);
  } catch (error) {
    return toFailure(error);
  }
}
