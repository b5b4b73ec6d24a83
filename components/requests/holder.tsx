"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconHandGrab, IconUserBolt, IconUserCheck } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { RequestDetail } from "../api";
import { FailurePanel } from "../failure-panel";
import { Initials } from "../initials";
import { MinuteTime } from "../relative-time";
import type { Claiming } from "./claim";
import classes from "./holder.module.css";
import { Takeover } from "./takeover";

/** Who works on this request, and how to take it or give it back. It has its line from the start, so nothing moves when somebody comes. */
export function Holder({ request, claiming }: { request: RequestDetail; claiming: Claiming }) {
  const t = useTranslations("requests.holder");
  const [isAsking, asking] = useDisclosure(false);
  const { hold, isLost, error, isPending, take, giveBack } = claiming;
  const { holder } = request;
  const until = () => (holder ? <MinuteTime at={holder.until} /> : null);
  const strong = (chunks: React.ReactNode) => <strong>{chunks}</strong>;
  const isTaken = hold === "other";
  return (
    <div className={classes.holder}>
      <div className={classes.line} data-hold={hold} data-lost={(isLost && isTaken) || undefined}>
        {holder ? (
          <Initials id={holder.operatorId} name={holder.name} size={22} />
        ) : (
          <span className={classes.free} aria-hidden="true">
            <IconHandGrab size={14} stroke={1.7} />
          </span>
        )}
        <span className={classes.text} role="status">
          {holder && isTaken && isLost && t.rich("lost", { by: holder.name, strong, time: until })}
          {holder && isTaken && !isLost && t.rich("other", { by: holder.name, strong, time: until })}
          {hold === "mine" && t.rich("mine", { time: until })}
          {hold === "tab" && t("tab")}
          {hold === "nobody" && (isLost ? t("ended") : t("nobody"))}
        </span>
        {isTaken && (
          <Button leftSection={<IconUserBolt size={15} stroke={1.8} />} disabled={isPending} onClick={asking.open}>
            {t("takeOver")}
          </Button>
        )}
        {hold === "mine" && (
          <Button className={classes.quiet} variant="subtle" color="gray" disabled={isPending} onClick={giveBack}>
            {t("giveBack")}
          </Button>
        )}
        {(hold === "tab" || hold === "nobody") && (
          <Button
            {...(hold === "nobody" ? { className: classes.quiet } : {})}
            variant={hold === "tab" ? "default" : "subtle"}
            color="gray"
            leftSection={<IconUserCheck size={15} stroke={1.8} />}
            disabled={isPending}
            onClick={() => take()}
          >
            {hold === "tab" ? t("here") : t("claim")}
          </Button>
        )}
      </div>
      {error && <FailurePanel error={error} />}
      {holder && (
        <Takeover
          name={holder.name}
          isOpen={isAsking && isTaken}
          onClose={asking.close}
          onTake={(reason) => {
            asking.close();
            take(reason);
          }}
        />
      )}
    </div>
  );
}
