/** A picture the server draws (QR codes): shown as an image, so that its markup never becomes markup of this page. */

/** Address of an SVG picture; the namespace an image needs is added when the server left it out. */
export function pictureAddress(svg: string): string {
  const whole = /<svg[^>]*\sxmlns=/.test(svg) ? svg : svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"');
  return `data:image/svg+xml;utf8,${encodeURIComponent(whole)}`;
}
