import { Skeleton } from "@mantine/core";
import { useTranslations } from "next-intl";
import classes from "./list-skeleton.module.css";

interface ListSkeletonProps {
  /** Of the list, and of one of its rows: as high as they will be. */
  className: string | undefined;
  rowClassName: string | undefined;
  face: { size: number; radius: number };
  /** How long the lines of a row are; the first is its name. */
  lines: readonly string[];
}

const rows = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** A list of people or things that is on its way, row by row of their final shape. */
export function ListSkeleton({ className, rowClassName, face, lines }: ListSkeletonProps) {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")} className={className}>
      {rows.map((key) => (
        <div key={key} className={`${classes.row} ${rowClassName}`}>
          <Skeleton width={face.size} height={face.size} radius={face.radius} />
          <div className={classes.lines}>
            {lines.map((width, at) => (
              <Skeleton key={width} height={at === 0 ? 13 : 12} width={width} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
