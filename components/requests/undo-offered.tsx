import { Button, CloseButton, Kbd } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import classes from "./undo-bar.module.css";
import type { Offer } from "./undo-offer";

interface OfferedProps {
  offer: Offer;
  /** How many more could be taken back. */
  others: number;
  what: string;
  isPending: boolean;
  onUndo: () => void;
  onDismiss: () => void;
}

/** The offer to take a decision back, for the eye. */
export function Offered({ offer, others, what, isPending, onUndo, onDismiss }: OfferedProps) {
  const t = useTranslations("requests.undo");
  return (
    <div className={classes.bar}>
      <span className={classes.text}>
        <span className={classes.what}>{what}</span>
        <span className={classes.when}>
          <Countdown offer={offer} />
          {others > 0 && ` · ${t("others", { count: others })}`}
        </span>
      </span>
      <Button
        size="sm"
        leftSection={<IconArrowBackUp size={16} stroke={2} />}
        rightSection={
          <Kbd size="xs" className={classes.key} aria-hidden="true">
            U
          </Kbd>
        }
        loading={isPending}
        onClick={onUndo}
      >
        {t("undo")}
      </Button>
      <CloseButton size="md" aria-label={t("dismiss")} onClick={onDismiss} />
      <span className={classes.line} aria-hidden="true" style={{ animationDuration: `${offer.seconds}s` }} />
    </div>
  );
}

/** The seconds that are left, for the eye. */
function Countdown({ offer }: { offer: Offer }) {
  const t = useTranslations("requests.undo");
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((offer.until - now) / 1000));
  // Ignoring sends nothing, ever.
  return <span>{offer.verb === "ignore" ? t("offeredFor", { seconds }) : t("sentIn", { seconds })}</span>;
}
