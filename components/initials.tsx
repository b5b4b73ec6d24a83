import { calledOf } from "@/lib/applicant";
import { hueOf, initialsOf } from "@/lib/format";
import classes from "./initials.module.css";

/** A face made of initials, its colour fixed by the id. Never an image from elsewhere: that would tell the platform who looks. */
export function Initials({ id, name, size = 32 }: { id: string; name: string; size?: number }) {
  const style = { "--hue": hueOf(id), "--size": `${size}px` };
  return (
    // React's style type knows no custom properties; both are plain values read by the stylesheet.
    <span className={classes.face} style={style as React.CSSProperties} aria-hidden="true">
      {initialsOf(calledOf({ applicantId: id, applicantName: name }))}
    </span>
  );
}
