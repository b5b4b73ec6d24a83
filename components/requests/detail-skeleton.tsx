import { Skeleton } from "@mantine/core";
import { useTranslations } from "next-intl";
import classes from "./detail.module.css";

/** What stands in the place of a request while it is read. */
export function DetailSkeleton() {
  const t = useTranslations("common");
  return (
    <div className={classes.body} role="status" aria-label={t("loading")}>
      <div className={classes.person}>
        <Skeleton width={44} height={44} radius={13} />
        <div className={classes.who}>
          <Skeleton width={160} height={18} mb={8} />
          <Skeleton width={110} height={16} />
        </div>
      </div>
      <Skeleton height={64} mt="md" />
      <Skeleton height={76} mt="lg" />
      <Skeleton height={132} mt="lg" />
    </div>
  );
}
