/** The three pages of an installation: plain, for they are seen once. Nothing from a request stands in them. */

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`

const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

export const installPage = (url: string): string =>
  page(
    'Lighthand for Slack',
    `<p>Lighthand keeps coaching clients company between sessions. It writes by direct message, to people whom a coach invites and
who accept. It reads no channel.</p>
<p>Slack will show you what it may do before anything is installed.</p>
<p><a href="${attribute(url)}">Add Lighthand to Slack</a></p>`,
  )

export const installedPage = (link: string | undefined): string =>
  page(
    'Lighthand is installed',
    `<p>Nobody is written to until you switch the programme on. That is done in Slack: open Lighthand under “Apps”, and it says
what comes next.</p>
${link === undefined ? '<p>For an organisation: add it to the workspaces that are to have it, in the organisation’s settings.</p>' : `<p><a href="${attribute(link)}">Open Lighthand in Slack</a></p>`}`,
  )

export const failedPage = (): string =>
  page(
    'Lighthand was not installed',
    `<p>Nothing was changed. Begin once more, in this browser and within ten minutes:</p>
<p><a href="install">Add Lighthand to Slack</a></p>`,
  )
