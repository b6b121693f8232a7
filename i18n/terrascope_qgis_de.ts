<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>ActionBar</name>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
</context>
<context>
    <name>AskAlgorithm</name>
    <message>
        <source>Answers a question about a scene in words, and shows the evidence: each region the reasoning speaks of becomes a polygon layer, measured in hectares on the raster's own grid and ellipsoid; regions that belong together are joined by their distance in metres.

Scene: a raster file with a coordinate reference system, or a folder of bands (SAFE, Landsat). SAR: a radar scene of the same place and date; it sees through clouds. Radar alone is asked as the scene, or as SAR with no scene.
Further dates: scenes of the same place, up to eight dates in all, in the order of their days; the days are those of metadata and names unless they are given. Extent: only look at this part.
Output: a GeoPackage with the layers and the record of the run; the same record as JSON lies beside it (REPORT). ANSWER is the answer; AREA_HA the area of the first region the reasoning found (0 when it found none).

The runtime is started when it is first needed. The bundled model is small: read its quality line in the log, and look at the masks before you rely on a figure.</source>
        <translation>Beantwortet eine Frage zu einer Szene in Worten und zeigt die Belege: Jede Region, von der im Gedankengang die Rede ist, wird ein Polygonlayer, gemessen in Hektar auf Gitter und Ellipsoid des Rasters; zusammengehörige Regionen sind durch ihren Abstand in Metern verbunden.

Szene: eine Rasterdatei mit Koordinatenbezugssystem oder ein Ordner mit Kanälen (SAFE, Landsat). SAR: eine Radarszene desselben Orts und Zeitpunkts; sie sieht durch Wolken hindurch. Radar allein wird als Szene angegeben oder als SAR ohne Szene.
Weitere Zeitpunkte: Szenen desselben Orts, insgesamt bis zu acht Zeitpunkte, in der Reihenfolge ihrer Tage; die Tage stammen aus Metadaten und Namen, sofern sie nicht angegeben sind. Ausdehnung: nur diesen Teil betrachten.
Ausgabe: ein GeoPackage mit den Layern und der Aufzeichnung des Laufs; dieselbe Aufzeichnung liegt als JSON daneben (REPORT). ANSWER ist die Antwort; AREA_HA die Fläche der ersten Region, die im Gedankengang gefunden wurde (0, wenn keine gefunden wurde).

Die Runtime wird gestartet, sobald sie gebraucht wird. Das mitgelieferte Modell ist klein: Lesen Sie die Zeile zu seiner Güte im Protokoll und betrachten Sie die Masken, bevor Sie sich auf eine Zahl verlassen.</translation>
    </message>
    <message>
        <source>Area of the first region (ha)</source>
        <translation>Fläche der ersten Region (ha)</translation>
    </message>
    <message>
        <source>Ask about a scene</source>
        <translation>Szene befragen</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Szene</translation>
    </message>
    <message>
        <source>question,answer,language model,segmentation,area,hectares,distance,water,forest,radar,SAR,time series,AI</source>
        <translation>Frage,Antwort,Sprachmodell,Segmentierung,Fläche,Hektar,Abstand,Wasser,Wald,Radar,SAR,Zeitreihe,KI</translation>
    </message>
</context>
<context>
    <name>AskBatchAlgorithm</name>
    <message>
        <source>A batch is done by the runtime of this machine: take the remote one out in Settings &gt; Options &gt; TerraScope, or run the batch where it is.</source>
        <translation>Ein Stapel wird von der Runtime dieses Rechners verarbeitet: bitte die Remote-Runtime unter Einstellungen &gt; Optionen &gt; TerraScope entfernen oder den Stapel dort ausführen, wo sie ist.</translation>
    </message>
    <message>
        <source>Ask about many scenes</source>
        <translation>Viele Szenen befragen</translation>
    </message>
    <message>
        <source>Asks each question about each scene, and collects the answers and the evidence in one GeoPackage.

Give the scenes in one of three ways. Scenes: raster layers or files, also layers that are no files. Folder: all rasters and product folders (SAFE, Landsat) in it, or those whose names fit the pattern. Table: a CSV with some of the columns scene, sar, dates, clouds, question, name (paths relative to it; several dates of one scene told apart by semicolons), or STAC items whose files are here.
Questions: one in each line, asked about every scene; those of a table come besides its own.
Go on with the report: only what is missing in a report that is there is asked, for instance after the batch was cancelled. Extent: look at this part of every scene. Processes: each has the model in its memory.

Output: the report, whose tables docs/report_schema.md tells, and a summary of all its questions: scene, question, answer, phrase (name of the first region), area_ha, coverage_pct, score, regions (all, with their hectares), status (answered or failed) and reason. A scene that cannot be used does not end the batch: it is listed with its reason. ANSWERED and FAILED count the questions.

A batch is done by the runtime of this machine. When it is cancelled the report keeps what was answered.</source>
        <translation>Stellt jede Frage zu jeder Szene und sammelt Antworten und Belege in einem GeoPackage.

Die Szenen lassen sich auf drei Arten angeben. Szenen: Rasterlayer oder -dateien, auch Layer, die keine Dateien sind. Ordner: alle Raster und Produktordner (SAFE, Landsat) darin oder die, deren Namen zum Muster passen. Tabelle: eine CSV-Datei mit einigen der Spalten scene, sar, dates, clouds, question, name (Pfade relativ zur Tabelle; mehrere Zeitpunkte einer Szene durch Semikolon getrennt) oder STAC-Items, deren Dateien hier liegen.
Fragen: eine je Zeile, zu jeder Szene gestellt; die einer Tabelle kommen hinzu.
Bericht fortsetzen: Es wird nur gefragt, was in einem vorhandenen Bericht fehlt, etwa nach Abbruch des Stapels. Ausdehnung: diesen Teil jeder Szene betrachten. Prozesse: Jeder hat das Modell in seinem Speicher.

Ausgabe: der Bericht, dessen Tabellen docs/report_schema.md beschreibt, und eine Übersicht aller seiner Fragen: scene, question, answer, phrase (Name der ersten Region), area_ha, coverage_pct, score, regions (alle, mit Hektarangabe), status (answered oder failed) und reason. Eine unbrauchbare Szene beendet den Stapel nicht: Sie wird mit dem Grund aufgeführt. ANSWERED und FAILED zählen die Fragen.

Ein Stapel wird von der Runtime dieses Rechners verarbeitet. Wird er abgebrochen, behält der Bericht, was beantwortet wurde.</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Go on with the report that is there</source>
        <translation>Vorhandenen Bericht fortsetzen</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>Questions answered</source>
        <translation>Beantwortete Fragen</translation>
    </message>
    <message>
        <source>Questions without an answer</source>
        <translation>Fragen ohne Antwort</translation>
    </message>
    <message>
        <source>Questions, one in each line</source>
        <translation>Fragen, eine je Zeile</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>There is no question yet: write one in each line.</source>
        <translation>Noch keine Frage vorhanden: bitte eine je Zeile eingeben.</translation>
    </message>
    <message>
        <source>question,answer,batch,many,archive,folder,table,CSV,STAC,time series,report,area,hectares,segmentation,AI</source>
        <translation>Frage,Antwort,Stapel,viele,Archiv,Ordner,Tabelle,CSV,STAC,Zeitreihe,Bericht,Fläche,Hektar,Segmentierung,KI</translation>
    </message>
    <message>
        <source>{name} is there already: go on with it, or choose another name for the report.</source>
        <translation>{name} ist bereits vorhanden: bitte fortsetzen oder einen anderen Namen für den Bericht wählen.</translation>
    </message>
</context>
<context>
    <name>AskPanel</name>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Ask (Ctrl+Enter)</source>
        <translation>Fragen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel (Esc)</source>
        <translation>Abbrechen (Esc)</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>Erfassung</translation>
    </message>
    <message>
        <source>Choose, fetch, check and delete models</source>
        <translation>Modelle wählen, herunterladen, prüfen und löschen</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Ausdehnung</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle…</translation>
    </message>
    <message>
        <source>The question still has a gap: put something in the place of {gaps}.</source>
        <translation>Die Frage hat noch eine Lücke: bitte {gaps} ersetzen.</translation>
    </message>
</context>
<context>
    <name>BandGroup</name>
    <message>
        <source>As found</source>
        <translation>Wie gefunden</translation>
    </message>
    <message>
        <source>Band of {role}</source>
        <translation>Kanal für {role}</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Bands (chosen)</source>
        <translation>Kanäle (gewählt)</translation>
    </message>
    <message>
        <source>Bands: choose the band of VV or of VH.</source>
        <translation>Kanäle: bitte den Kanal für VV oder für VH wählen.</translation>
    </message>
    <message>
        <source>Bands: red, green and blue are all needed; choose a band for each.</source>
        <translation>Kanäle: Rot, Grün und Blau werden alle benötigt; bitte für jedes einen Kanal wählen.</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Leave it to what names and metadata tell</source>
        <translation>Angaben aus Namen und Metadaten verwenden</translation>
    </message>
    <message>
        <source>NIR</source>
        <translation>NIR</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>SWIR 1</source>
        <translation>SWIR 1</translation>
    </message>
    <message>
        <source>SWIR 2</source>
        <translation>SWIR 2</translation>
    </message>
    <message>
        <source>VH</source>
        <translation>VH</translation>
    </message>
    <message>
        <source>VV</source>
        <translation>VV</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
</context>
<context>
    <name>BenchmarkAlgorithm</name>
    <message>
        <source>A benchmark is run by the runtime of this machine: take the remote one out in Settings &gt; Options &gt; TerraScope.</source>
        <translation>Ein Benchmark wird von der Runtime dieses Rechners ausgeführt: bitte die Remote-Runtime unter Einstellungen &gt; Optionen &gt; TerraScope entfernen.</translation>
    </message>
    <message>
        <source>Accuracy, mean over tasks (%)</source>
        <translation>Genauigkeit, Mittel der Aufgaben (%)</translation>
    </message>
    <message>
        <source>Accuracy, over questions (%)</source>
        <translation>Genauigkeit, über alle Fragen (%)</translation>
    </message>
    <message>
        <source>At most so many questions (0: all)</source>
        <translation>Höchstens so viele Fragen (0: alle)</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>Benchmark</translation>
    </message>
    <message>
        <source>Benchmark a model</source>
        <translation>Modell mit Benchmark bewerten</translation>
    </message>
    <message>
        <source>Choose the items of the benchmark: a file, or a folder.</source>
        <translation>Bitte die Elemente des Benchmarks wählen: eine Datei oder einen Ordner.</translation>
    </message>
    <message>
        <source>Items shown as (empty: in all ways there are)</source>
        <translation>Elemente zeigen als (leer: auf alle vorhandenen Arten)</translation>
    </message>
    <message>
        <source>Items: a file</source>
        <translation>Elemente: eine Datei</translation>
    </message>
    <message>
        <source>Items: a folder</source>
        <translation>Elemente: ein Ordner</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Mean IoU of the masks</source>
        <translation>Mittlere IoU der Masken</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>Puts the questions of a benchmark to a model, and tells how many it answers and how well its masks fit.

Benchmark: TerraScope-Bench (items of “bench build” on the command line, or the published file) or another one in its official files. Items: its file, or its folder. At most: so many questions, drawn by lot; 0: all. Model: as in the other algorithms.

Output: scores as JSON; beside it each response. Run again with the same output it goes on where it was stopped. Tasks: a table with the accuracy of each task in percent, its 95 % interval, and what chance would give. QUESTIONS, MACRO_PCT (mean over tasks), MICRO_PCT (over questions), MEAN_IOU (of the masks; -1: there are none to compare with).

It needs the runtime of this machine, with the packages of model_runtime/requirements-data.txt.</source>
        <translation>Stellt einem Modell die Fragen eines Benchmarks und sagt, wie viele es beantwortet und wie gut seine Masken passen.

Benchmark: TerraScope-Bench (Elemente von „bench build“ auf der Befehlszeile oder die veröffentlichte Datei) oder ein anderer in seinen offiziellen Dateien. Elemente: seine Datei oder sein Ordner. Höchstens: so viele Fragen, zufällig gezogen; 0: alle. Modell: wie in den anderen Algorithmen.

Ausgabe: Ergebnisse als JSON; daneben jede Antwort. Ein erneuter Lauf mit derselben Ausgabe setzt dort fort, wo angehalten wurde. Aufgaben: eine Tabelle mit der Genauigkeit jeder Aufgabe in Prozent, ihrem 95-%-Intervall und dem, was der Zufall ergäbe. QUESTIONS, MACRO_PCT (Mittel der Aufgaben), MICRO_PCT (über alle Fragen), MEAN_IOU (der Masken; -1: keine zum Vergleich vorhanden).

Nötig ist die Runtime dieses Rechners mit den Paketen aus model_runtime/requirements-data.txt.</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>benchmark,accuracy,score,evaluation,validation,quality,IoU,model,TerraScope-Bench,AI</source>
        <translation>Benchmark,Genauigkeit,Score,Bewertung,Validierung,Güte,IoU,Modell,TerraScope-Bench,KI</translation>
    </message>
    <message>
        <source>{path} does not exist: choose the items again.</source>
        <translation>{path} gibt es nicht: bitte die Elemente erneut wählen.</translation>
    </message>
    <message>
        <source>{task}: {share} of {count} (95 %: {low} to {high})</source>
        <translation>{task}: {share} von {count} (95 %: {low} bis {high})</translation>
    </message>
</context>
<context>
    <name>CaptureRow</name>
    <message>
        <source>Resolution of captures</source>
        <translation>Auflösung der Erfassung</translation>
    </message>
    <message>
        <source>Size of a pixel of the file that the layer is captured to; automatic: the layer's own, or the map's</source>
        <translation>Pixelgröße der Datei, in die der Layer erfasst wird; automatisch: die des Layers selbst oder die der Karte</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
</context>
<context>
    <name>ChoicesGroup</name>
    <message>
        <source> ha</source>
        <translation> ha</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Clouds</source>
        <translation>Wolken</translation>
    </message>
    <message>
        <source>How the radar images are scaled, where names and metadata do not tell</source>
        <translation>Wie die Radarbilder skaliert sind, wenn Namen und Metadaten es nicht angeben</translation>
    </message>
    <message>
        <source>Landsat 4-7, Level 2</source>
        <translation>Landsat 4-7, Level 2</translation>
    </message>
    <message>
        <source>Landsat 8-9, Level 1</source>
        <translation>Landsat 8-9, Level 1</translation>
    </message>
    <message>
        <source>Landsat 8-9, Level 2</source>
        <translation>Landsat 8-9, Level 2</translation>
    </message>
    <message>
        <source>Large scenes</source>
        <translation>Große Szenen</translation>
    </message>
    <message>
        <source>NAIP</source>
        <translation>NAIP</translation>
    </message>
    <message>
        <source>Offsets</source>
        <translation>Versatz</translation>
    </message>
    <message>
        <source>One image of over 4 million pixels: an overview shows the whole and the masks are drawn on every pixel; windows show what is too small for an overview, and nothing of the whole</source>
        <translation>Ein Bild mit über 4 Millionen Pixel: Eine Übersicht zeigt das Ganze, und die Masken werden auf jedem Pixel gezeichnet; Fenster zeigen, was für eine Übersicht zu klein ist, aber nichts vom Ganzen</translation>
    </message>
    <message>
        <source>Optical is</source>
        <translation>Optisch</translation>
    </message>
    <message>
        <source>PlanetScope</source>
        <translation>PlanetScope</translation>
    </message>
    <message>
        <source>Python of the runtime's environment</source>
        <translation>Python der Runtime-Umgebung</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Runtime</translation>
    </message>
    <message>
        <source>SAR is</source>
        <translation>SAR</translation>
    </message>
    <message>
        <source>Sentinel-1, decibels</source>
        <translation>Sentinel-1, Dezibel</translation>
    </message>
    <message>
        <source>Sentinel-1, linear</source>
        <translation>Sentinel-1, linear</translation>
    </message>
    <message>
        <source>Sentinel-2, reflectance × 10,000</source>
        <translation>Sentinel-2, Reflektanz × 10.000</translation>
    </message>
    <message>
        <source>Sentinel-2, with the offset of 2022</source>
        <translation>Sentinel-2, mit dem Offset von 2022</translation>
    </message>
    <message>
        <source>Smallest part</source>
        <translation>Kleinster Teil</translation>
    </message>
    <message>
        <source>The interpreter that the model runs in; empty: the one in the plugin's own folder</source>
        <translation>Der Interpreter, in dem das Modell läuft; leer: der im Ordner der Erweiterung</translation>
    </message>
    <message>
        <source>The minimum mapping unit: parts of a mask that are smaller are left out of it</source>
        <translation>Die Mindestkartierfläche: Kleinere Teile einer Maske werden weggelassen</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Zusammen</translation>
    </message>
    <message>
        <source>What clouds hide of a date without radar is not measured</source>
        <translation>Was Wolken zu einem Zeitpunkt ohne Radar verdecken, wird nicht gemessen</translation>
    </message>
    <message>
        <source>When images of one place do not lie on one another</source>
        <translation>Wenn Bilder eines Orts nicht deckungsgleich liegen</translation>
    </message>
    <message>
        <source>Which sensor the optical images come from, where names and metadata do not tell</source>
        <translation>Von welchem Sensor die optischen Bilder stammen, wenn Namen und Metadaten es nicht angeben</translation>
    </message>
    <message>
        <source>Which sensor's tokens enter the reasoning where a date has an optical and a radar image</source>
        <translation>Wessen Token in den Gedankengang eingehen, wenn ein Zeitpunkt ein optisches und ein Radarbild hat</translation>
    </message>
    <message>
        <source>are allowed</source>
        <translation>zulassen</translation>
    </message>
    <message>
        <source>are ignored</source>
        <translation>ignorieren</translation>
    </message>
    <message>
        <source>are left out of the measures</source>
        <translation>von der Messung ausnehmen</translation>
    </message>
    <message>
        <source>are moved to fit</source>
        <translation>durch Verschieben ausgleichen</translation>
    </message>
    <message>
        <source>as the file tells</source>
        <translation>laut Datei</translation>
    </message>
    <message>
        <source>as the published training</source>
        <translation>wie im veröffentlichten Training</translation>
    </message>
    <message>
        <source>both, concatenated</source>
        <translation>beide, verkettet</translation>
    </message>
    <message>
        <source>found by itself</source>
        <translation>automatisch gefunden</translation>
    </message>
    <message>
        <source>no part is too small</source>
        <translation>kein Teil ist zu klein</translation>
    </message>
    <message>
        <source>optical only</source>
        <translation>nur optisch</translation>
    </message>
    <message>
        <source>over two pixels are refused</source>
        <translation>über zwei Pixel ablehnen</translation>
    </message>
    <message>
        <source>reason in each window</source>
        <translation>in jedem Fenster auswerten</translation>
    </message>
    <message>
        <source>reason over an overview</source>
        <translation>in einer Übersicht auswerten</translation>
    </message>
    <message>
        <source>text guided</source>
        <translation>textgesteuert</translation>
    </message>
</context>
<context>
    <name>ClassLights</name>
    <message>
        <source>How well each class is found</source>
        <translation>Wie gut jede Klasse gefunden wird</translation>
    </message>
</context>
<context>
    <name>CompareDatesAlgorithm</name>
    <message>
        <source>Above the no-change floor</source>
        <translation>Über der Nachweisgrenze</translation>
    </message>
    <message>
        <source>Boundary uncertainty (± ha)</source>
        <translation>Grenzunsicherheit (± ha)</translation>
    </message>
    <message>
        <source>Compare dates</source>
        <translation>Zeitpunkte vergleichen</translation>
    </message>
    <message>
        <source>Earlier scene</source>
        <translation>Frühere Szene</translation>
    </message>
    <message>
        <source>Gained</source>
        <translation>Zuwachs</translation>
    </message>
    <message>
        <source>Gained (ha)</source>
        <translation>Zuwachs (ha)</translation>
    </message>
    <message>
        <source>Kept (ha)</source>
        <translation>Unverändert (ha)</translation>
    </message>
    <message>
        <source>Land cover</source>
        <translation>Landbedeckung</translation>
    </message>
    <message>
        <source>Later scene</source>
        <translation>Spätere Szene</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Lost (ha)</source>
        <translation>Verlust (ha)</translation>
    </message>
    <message>
        <source>Maps one land cover at two to eight dates of the same place and gives what it gained, lost and kept, in hectares on the rasters' own grid and ellipsoid.

Scenes: raster files with a coordinate reference system, folders of bands (SAFE, Landsat), or radar scenes. SAR: a radar scene of the same date beside an optical one; it sees through clouds. Where a later scene lies on another pixel grid it is resampled to that of the first, and the parts that all show are compared. The days are those of metadata and names unless they are given; the dates are compared in their order. Extent: only compare this part. A question of your own is asked instead of the land cover chosen; it must be about the dates.
Output: a GeoPackage with the masks of each date and the layers GAINED and LOST; the same record as JSON lies beside it (REPORT). The figures are those of the first change found; a question about several regions, or more than two dates, has them all in the table changes.

FLOOR_HA is what maps of an unchanged place may differ by. TOLD is false when neither the gain nor the loss is larger: then no change can be told from noise. UNCERTAINTY_HA is what the gain and the loss may be off by because boundaries are only known to half a pixel.

Change that the model is unsure of is left out, haze and shadow can look like change: look at the masks before you rely on a figure.</source>
        <translation>Kartiert eine Landbedeckung zu zwei bis acht Zeitpunkten desselben Orts und gibt Zuwachs, Verlust und Unverändertes in Hektar auf Gitter und Ellipsoid der Raster an.

Szenen: Rasterdateien mit Koordinatenbezugssystem, Ordner mit Kanälen (SAFE, Landsat) oder Radarszenen. SAR: eine Radarszene desselben Zeitpunkts neben einer optischen; sie sieht durch Wolken hindurch. Liegt eine spätere Szene auf einem anderen Pixelgitter, wird sie auf das der ersten umgerechnet, und verglichen werden die Teile, die alle zeigen. Die Tage stammen aus Metadaten und Namen, sofern sie nicht angegeben sind; die Zeitpunkte werden in ihrer Reihenfolge verglichen. Ausdehnung: nur diesen Teil vergleichen. Eine eigene Frage wird anstelle der gewählten Landbedeckung gestellt; sie muss die Zeitpunkte betreffen.
Ausgabe: ein GeoPackage mit den Masken jedes Zeitpunkts und den Layern GAINED und LOST; dieselbe Aufzeichnung liegt als JSON daneben (REPORT). Die Zahlen sind die der ersten gefundenen Änderung; bei einer Frage zu mehreren Regionen oder mehr als zwei Zeitpunkten stehen alle in der Tabelle changes.

FLOOR_HA ist, worum sich Karten eines unveränderten Orts unterscheiden können. TOLD ist falsch, wenn weder Zuwachs noch Verlust größer ist: Dann lässt sich keine Änderung vom Rauschen unterscheiden. UNCERTAINTY_HA ist der mögliche Fehler von Zuwachs und Verlust, weil Grenzen nur auf ein halbes Pixel genau bekannt sind.

Änderungen, bei denen das Modell unsicher ist, werden weggelassen; Dunst und Schatten können wie Änderungen aussehen: Betrachten Sie die Masken, bevor Sie sich auf eine Zahl verlassen.</translation>
    </message>
    <message>
        <source>No-change floor (ha)</source>
        <translation>Nachweisgrenze der Änderung (ha)</translation>
    </message>
    <message>
        <source>Question (empty: about the land cover chosen)</source>
        <translation>Frage (leer: zur gewählten Landbedeckung)</translation>
    </message>
    <message>
        <source>The model marked no region at both dates, so nothing was compared: ask about another land cover, or in other words. What it did answer is in {file}.</source>
        <translation>Das Modell hat nicht zu beiden Zeitpunkten eine Region markiert, daher wurde nichts verglichen: bitte nach einer anderen Landbedeckung oder mit anderen Worten fragen. Seine Antwort steht in {file}.</translation>
    </message>
    <message>
        <source>change,detection,two dates,time series,gain,loss,before,after,flood,fire,deforestation,area,hectares,segmentation,radar,SAR,AI</source>
        <translation>Änderung,Veränderung,Erkennung,zwei Zeitpunkte,Zeitreihe,Zuwachs,Verlust,vorher,nachher,Hochwasser,Brand,Entwaldung,Fläche,Hektar,Segmentierung,Radar,SAR,KI</translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>The model gave no answer.</source>
        <translation>Das Modell gab keine Antwort.</translation>
    </message>
    <message>
        <source>The reasoning and the answer appear here, each region as a mark to click.</source>
        <translation>Hier erscheinen Gedankengang und Antwort, jede Region als anklickbare Marke.</translation>
    </message>
</context>
<context>
    <name>CopyAnswer</name>
    <message>
        <source>As CSV</source>
        <translation>Als CSV</translation>
    </message>
    <message>
        <source>As Markdown</source>
        <translation>Als Markdown</translation>
    </message>
    <message>
        <source>As text</source>
        <translation>Als Text</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>Antwort kopieren</translation>
    </message>
    <message>
        <source>Copy the answer and its figures</source>
        <translation>Antwort und Zahlen kopieren</translation>
    </message>
</context>
<context>
    <name>CorrectMask</name>
    <message>
        <source>A corrected mask is being measured: wait a moment.</source>
        <translation>Eine korrigierte Maske wird gerade gemessen: bitte einen Moment warten.</translation>
    </message>
    <message>
        <source>Correct mask</source>
        <translation>Maske korrigieren</translation>
    </message>
    <message>
        <source>Edit a mask with QGIS's own tools: the figures follow when you save it</source>
        <translation>Eine Maske mit den Werkzeugen von QGIS bearbeiten: Die Zahlen folgen beim Speichern</translation>
    </message>
    <message>
        <source>Edit the polygons of {mask} with QGIS's tools; its figures follow when you save the layer.</source>
        <translation>Bitte die Polygone von {mask} mit den Werkzeugen von QGIS bearbeiten; die Zahlen folgen beim Speichern des Layers.</translation>
    </message>
    <message>
        <source>The layer of {mask} cannot be opened: its file may be gone. Ask again.</source>
        <translation>Der Layer von {mask} lässt sich nicht öffnen: Seine Datei fehlt womöglich. Bitte erneut fragen.</translation>
    </message>
    <message>
        <source>{file} cannot be edited: check its permissions.</source>
        <translation>{file} lässt sich nicht bearbeiten: bitte die Zugriffsrechte prüfen.</translation>
    </message>
</context>
<context>
    <name>DateRow</name>
    <message>
        <source>Add SAR…</source>
        <translation>SAR hinzufügen…</translation>
    </message>
    <message>
        <source>Add a cloud layer…</source>
        <translation>Wolkenlayer hinzufügen…</translation>
    </message>
    <message>
        <source>Cloud layer</source>
        <translation>Wolkenlayer</translation>
    </message>
    <message>
        <source>Clouds</source>
        <translation>Wolken</translation>
    </message>
    <message>
        <source>Day of {scene}</source>
        <translation>Tag von {scene}</translation>
    </message>
    <message>
        <source>Remove {scene}</source>
        <translation>{scene} entfernen</translation>
    </message>
    <message>
        <source>SAR</source>
        <translation>SAR</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Szene</translation>
    </message>
    <message>
        <source>This is a radar image (SAR)</source>
        <translation>Dies ist ein Radarbild (SAR)</translation>
    </message>
</context>
<context>
    <name>DatesForm</name>
    <message>
        <source>A day is unknown: enter it, or these dates are taken to be in the order shown.</source>
        <translation>Ein Tag ist unbekannt: bitte eingeben, sonst gilt die gezeigte Reihenfolge der Zeitpunkte.</translation>
    </message>
    <message>
        <source>A radar image of the same place and day</source>
        <translation>Ein Radarbild desselben Orts und Tags</translation>
    </message>
    <message>
        <source>Add SAR</source>
        <translation>SAR hinzufügen</translation>
    </message>
    <message>
        <source>Add date</source>
        <translation>Zeitpunkt hinzufügen</translation>
    </message>
    <message>
        <source>Clouds</source>
        <translation>Wolken</translation>
    </message>
    <message>
        <source>Date {number}</source>
        <translation>Zeitpunkt {number}</translation>
    </message>
    <message>
        <source>SAR</source>
        <translation>SAR</translation>
    </message>
    <message>
        <source>SAR {number}</source>
        <translation>SAR {number}</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Szene</translation>
    </message>
    <message>
        <source>The same place on another day</source>
        <translation>Derselbe Ort an einem anderen Tag</translation>
    </message>
    <message>
        <source>{count} dates</source>
        <translation>{count} Zeitpunkte</translation>
    </message>
    <message>
        <source>{name} is read as radar; its … button changes that.</source>
        <translation>{name} wird als Radar gelesen; die zugehörige Schaltfläche … ändert das.</translation>
    </message>
</context>
<context>
    <name>DayEdit</name>
    <message>
        <source>The day the scene was taken, like 2017-06-04</source>
        <translation>Der Aufnahmetag der Szene, etwa 2017-06-04</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
</context>
<context>
    <name>ExtentChoice</name>
    <message>
        <source>As asked before</source>
        <translation>Wie zuvor gefragt</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>Zeichnen</translation>
    </message>
    <message>
        <source>Draw the polygon on the map: click its corners, double-click or right-click to end it</source>
        <translation>Polygon auf der Karte zeichnen: Ecken anklicken, mit Doppel- oder Rechtsklick beenden</translation>
    </message>
    <message>
        <source>Draw the rectangle on the map</source>
        <translation>Rechteck auf der Karte zeichnen</translation>
    </message>
    <message>
        <source>Drawn polygon</source>
        <translation>Gezeichnetes Polygon</translation>
    </message>
    <message>
        <source>Drawn rectangle</source>
        <translation>Gezeichnetes Rechteck</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Ausdehnung</translation>
    </message>
    <message>
        <source>Map view</source>
        <translation>Kartenansicht</translation>
    </message>
    <message>
        <source>No polygon is selected: choose a polygon layer and select some in it.</source>
        <translation>Kein Polygon ist gewählt: bitte einen Polygonlayer aktivieren und darin Polygone wählen.</translation>
    </message>
    <message>
        <source>Nothing is drawn yet: click Draw and draw on the map.</source>
        <translation>Noch nichts gezeichnet: bitte auf Zeichnen klicken und auf der Karte zeichnen.</translation>
    </message>
    <message>
        <source>Selected polygons</source>
        <translation>Gewählte Polygone</translation>
    </message>
    <message>
        <source>Selected polygons are those of the active polygon layer</source>
        <translation>Gewählte Polygone sind die des aktiven Polygonlayers</translation>
    </message>
    <message>
        <source>Whole layer</source>
        <translation>Ganzer Layer</translation>
    </message>
    <message>
        <source>⚠ The scene does not reach there.</source>
        <translation>⚠ Die Szene reicht nicht bis dorthin.</translation>
    </message>
</context>
<context>
    <name>FinetuneAlgorithm</name>
    <message>
        <source>A model is taught by the runtime of this machine: the remote one can answer with it once its folder has been copied there.</source>
        <translation>Ein Modell wird von der Runtime dieses Rechners trainiert: Die Remote-Runtime kann damit antworten, sobald sein Ordner dorthin kopiert ist.</translation>
    </message>
    <message>
        <source>Extent of scenes that are no files</source>
        <translation>Ausdehnung von Szenen, die keine Dateien sind</translation>
    </message>
    <message>
        <source>Field of the class</source>
        <translation>Feld der Klasse</translation>
    </message>
    <message>
        <source>Give either polygons with a class or a raster of classes.</source>
        <translation>Bitte entweder Polygone mit einer Klasse oder ein Klassenraster angeben.</translation>
    </message>
    <message>
        <source>Give the new model a name.</source>
        <translation>Bitte dem neuen Modell einen Namen geben.</translation>
    </message>
    <message>
        <source>IoU of what it knew before, on scenes made to test that</source>
        <translation>IoU des zuvor Gelernten, auf eigens dafür erstellten Szenen</translation>
    </message>
    <message>
        <source>IoU on held-out ground, after</source>
        <translation>IoU auf Prüfflächen, nachher</translation>
    </message>
    <message>
        <source>IoU on held-out ground, before</source>
        <translation>IoU auf Prüfflächen, vorher</translation>
    </message>
    <message>
        <source>IoU on held-out ground, mean of the classes</source>
        <translation>IoU auf Prüfflächen, Mittel der Klassen</translation>
    </message>
    <message>
        <source>It has not become better: give more polygons, or more minutes.</source>
        <translation>Es ist nicht besser geworden: bitte mehr Polygone oder mehr Minuten angeben.</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>Model that learns (empty: the bundled one)</source>
        <translation>Zu trainierendes Modell (leer: das mitgelieferte)</translation>
    </message>
    <message>
        <source>Name of the new model</source>
        <translation>Name des neuen Modells</translation>
    </message>
    <message>
        <source>Name the values of the raster of classes, like 1=water; 2=heath.</source>
        <translation>Bitte die Werte des Klassenrasters benennen, etwa 1=water; 2=heath.</translation>
    </message>
    <message>
        <source>Names of its values, like 1=water; 2=heath</source>
        <translation>Namen seiner Werte, etwa 1=water; 2=heath</translation>
    </message>
    <message>
        <source>Or a raster of classes</source>
        <translation>Oder ein Klassenraster</translation>
    </message>
    <message>
        <source>Polygons with a class</source>
        <translation>Polygone mit einer Klasse</translation>
    </message>
    <message>
        <source>Put the new model into (empty: with the others)</source>
        <translation>Neues Modell ablegen in (leer: bei den anderen)</translation>
    </message>
    <message>
        <source>Say which field of the polygons names their class.</source>
        <translation>Bitte angeben, welches Feld der Polygone ihre Klasse nennt.</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Szenen</translation>
    </message>
    <message>
        <source>Teach a model</source>
        <translation>Modell trainieren</translation>
    </message>
    <message>
        <source>Teaches a copy of a model with labels of your own: new classes, or the looks that known classes have in your region. The new model is a small folder beside the one it learnt from; the dock lists it under its name, answers with it, and can delete it.

Scenes: rasters with a coordinate reference system. Labels: polygons with a field that names their class, ten to twenty for each class, spread over the scenes; or, for one scene, a raster on its pixels whose values are classes, named like 1=water; 2=heath (if empty, as its legend names them; 0 and nodata are not labelled). Name classes as you will ask about them, in English.
Minutes: about how long it may learn; the figures at its beginning and its end take some more. Nothing is left of a run that is cancelled.

Part of the labels are held out at first. IOU_BEFORE and IOU_AFTER are the mean IoU of the classes on them, of the model as it was (for a new class: of the known class that fits it best) and of one that was taught the other labels; the new model has then been taught all of them. Ground nearby is easier than another region: look at the masks before you rely on a figure. The log has the figures class by class, and what became of the classes that the model knew before.</source>
        <translation>Trainiert eine Kopie eines Modells mit eigenen Labels: neue Klassen oder das Aussehen bekannter Klassen in Ihrer Region. Das neue Modell ist ein kleiner Ordner neben dem, aus dem es hervorging; das Bedienfeld führt es unter seinem Namen auf, antwortet damit und kann es löschen.

Szenen: Raster mit Koordinatenbezugssystem. Labels: Polygone mit einem Feld, das ihre Klasse nennt, zehn bis zwanzig je Klasse, über die Szenen verteilt; oder, für eine einzelne Szene, ein Raster auf deren Pixeln, dessen Werte Klassen sind, benannt wie 1=water; 2=heath (wenn leer, nach seiner Legende; 0 und Leerwerte bleiben ohne Label). Benennen Sie Klassen so, wie Sie nach ihnen fragen werden, auf Englisch.
Minuten: wie lange es etwa lernen darf; die Zahlen am Anfang und am Ende brauchen etwas mehr. Von einem abgebrochenen Lauf bleibt nichts zurück.

Ein Teil der Labels wird zunächst zurückgehalten. IOU_BEFORE und IOU_AFTER sind die mittlere IoU der Klassen darauf, für das Modell, wie es war (bei einer neuen Klasse: der bekannten Klasse, die am besten passt), und für eines, das mit den übrigen Labels trainiert wurde; das neue Modell wird danach mit allen trainiert. Nahe gelegene Flächen sind leichter als eine andere Region: Betrachten Sie die Masken, bevor Sie sich auf eine Zahl verlassen. Das Protokoll enthält die Zahlen Klasse für Klasse und was aus den Klassen wurde, die das Modell zuvor kannte.</translation>
    </message>
    <message>
        <source>The new model</source>
        <translation>Das neue Modell</translation>
    </message>
    <message>
        <source>train,training,finetune,fine-tuning,learn,teach,samples,polygons,classes,classification,land cover,segmentation,model,AI</source>
        <translation>trainieren,Training,Feinabstimmung,Finetuning,lernen,anlernen,Beispiele,Polygone,Klassen,Klassifizierung,Landbedeckung,Segmentierung,Modell,KI</translation>
    </message>
    <message>
        <source>{what}: {before} before, {after} after</source>
        <translation>{what}: {before} vorher, {after} nachher</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>&amp;Ask a question</source>
        <translation>&amp;Frage stellen</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>&amp;Entfernen…</translation>
    </message>
    <message>
        <source>Beginning</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Cancelled; what has been fetched is kept.</source>
        <translation>Abgebrochen; bereits Heruntergeladenes bleibt erhalten.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy &amp;diagnostics</source>
        <translation>&amp;Diagnose kopieren</translation>
    </message>
    <message>
        <source>Looking at {path}</source>
        <translation>Untersuchen von {path}</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the runtime?</source>
        <translation>Runtime entfernen?</translation>
    </message>
    <message>
        <source>Removing</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>The environment and the packages that were fetched for it go. They can be installed again.</source>
        <translation>Die Umgebung und die dafür heruntergeladenen Pakete werden entfernt. Sie können erneut installiert werden.</translation>
    </message>
    <message>
        <source>What TerraScope needs</source>
        <translation>Was TerraScope benötigt</translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation>Was ist das?</translation>
    </message>
</context>
<context>
    <name>FollowUp</name>
    <message>
        <source>Follow-up question</source>
        <translation>Anschlussfrage</translation>
    </message>
    <message>
        <source>The question is about the scene and the extent of the last answer, and knows what was asked before: “How far is it from the trees?”</source>
        <translation>Die Frage betrifft Szene und Ausdehnung der letzten Antwort und kennt, was zuvor gefragt wurde: „How far is it from the trees?“</translation>
    </message>
</context>
<context>
    <name>HistoryMenu</name>
    <message>
        <source>History…</source>
        <translation>Verlauf…</translation>
    </message>
    <message>
        <source>Questions that were asked before</source>
        <translation>Früher gestellte Fragen</translation>
    </message>
</context>
<context>
    <name>HistoryPopup</name>
    <message>
        <source>Clear history</source>
        <translation>Verlauf leeren</translation>
    </message>
    <message>
        <source>Questions that were asked before</source>
        <translation>Früher gestellte Fragen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>Verlauf durchsuchen</translation>
    </message>
</context>
<context>
    <name>InstallView</name>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Protokoll</translation>
    </message>
    <message>
        <source>Log of the installation</source>
        <translation>Protokoll der Installation</translation>
    </message>
</context>
<context>
    <name>InstallWays</name>
    <message>
        <source>&amp;Folder of wheels (no network)</source>
        <translation>&amp;Ordner mit Wheels (ohne Netzwerk)</translation>
    </message>
    <message>
        <source>&amp;Python of an environment of your own</source>
        <translation>Python einer ei&amp;genen Umgebung</translation>
    </message>
    <message>
        <source>Address of an index of PyTorch builds; {build} in it stands for cpu, cu126 or cu130, by the driver</source>
        <translation>Adresse eines Index von PyTorch-Builds; {build} darin steht für cpu, cu126 oder cu130, je nach Treiber</translation>
    </message>
    <message>
        <source>An environment you have made yourself; it is looked at before it is used</source>
        <translation>Eine selbst angelegte Umgebung; sie wird vor der Verwendung untersucht</translation>
    </message>
    <message>
        <source>Chec&amp;k and use</source>
        <translation>Prüfen und ver&amp;wenden</translation>
    </message>
    <message>
        <source>Folder with every package as a wheel</source>
        <translation>Ordner mit jedem Paket als Wheel</translation>
    </message>
    <message>
        <source>Inde&amp;x of PyTorch builds</source>
        <translation>Inde&amp;x der PyTorch-Builds</translation>
    </message>
    <message>
        <source>Other ways</source>
        <translation>Andere Wege</translation>
    </message>
    <message>
        <source>Python of an environment that has the runtime's packages</source>
        <translation>Python einer Umgebung, die die Pakete der Runtime enthält</translation>
    </message>
    <message>
        <source>To install without a network: a folder with the wheels (*.whl) of all packages; see the manual</source>
        <translation>Für die Installation ohne Netzwerk: ein Ordner mit den Wheels (*.whl) aller Pakete; siehe Handbuch</translation>
    </message>
    <message>
        <source>none: from the package index</source>
        <translation>keiner: aus dem Paketindex</translation>
    </message>
    <message>
        <source>none: the package index's own build</source>
        <translation>keiner: der Build des Paketindex</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>Add layers</source>
        <translation>Layer hinzufügen</translation>
    </message>
    <message>
        <source>Add the layers of the answer to the project</source>
        <translation>Die Layer der Antwort dem Projekt hinzufügen</translation>
    </message>
    <message>
        <source>All layers of this answer are in the project already.</source>
        <translation>Alle Layer dieser Antwort sind bereits im Projekt.</translation>
    </message>
    <message>
        <source>Export report</source>
        <translation>Bericht exportieren</translation>
    </message>
    <message>
        <source>Export report…</source>
        <translation>Bericht exportieren…</translation>
    </message>
    <message>
        <source>GeoPackage</source>
        <translation>GeoPackage</translation>
    </message>
    <message>
        <source>Keep the answer as a GeoPackage with everything and a PDF of one page</source>
        <translation>Die Antwort als GeoPackage mit allem und als einseitiges PDF speichern</translation>
    </message>
    <message>
        <source>Open an answer that was kept, with its layers</source>
        <translation>Eine gespeicherte Antwort mit ihren Layern öffnen</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>Bericht öffnen</translation>
    </message>
    <message>
        <source>Open report…</source>
        <translation>Bericht öffnen…</translation>
    </message>
    <message>
        <source>The report is kept: {geopackage} and {pdf} in {folder}.</source>
        <translation>Der Bericht ist gespeichert: {geopackage} und {pdf} in {folder}.</translation>
    </message>
    <message>
        <source>Wait until the answer is there, or cancel it.</source>
        <translation>Bitte die Antwort abwarten oder abbrechen.</translation>
    </message>
    <message>
        <source>opened from {file}</source>
        <translation>geöffnet aus {file}</translation>
    </message>
</context>
<context>
    <name>ModelDetails</name>
    <message>
        <source>About the model</source>
        <translation>Über das Modell</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>Revision</translation>
    </message>
    <message>
        <source>came with the plugin</source>
        <translation>mit der Erweiterung geliefert</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
    <message>
        <source>{count} billion parameters</source>
        <translation>{count} Milliarden Parameter</translation>
    </message>
    <message>
        <source>{count} million parameters</source>
        <translation>{count} Millionen Parameter</translation>
    </message>
    <message>
        <source>✓ every file is as it was published</source>
        <translation>✓ alle Dateien sind wie veröffentlicht</translation>
    </message>
    <message>
        <source>✓ fits here</source>
        <translation>✓ passt hier in den Speicher</translation>
    </message>
    <message>
        <source>✗ more than is free here</source>
        <translation>✗ mehr, als hier frei ist</translation>
    </message>
</context>
<context>
    <name>ModelSettings</name>
    <message>
        <source>Hub &amp;sign-in</source>
        <translation>&amp;Hub-Anmeldung</translation>
    </message>
    <message>
        <source>Hub sign-in</source>
        <translation>Hub-Anmeldung</translation>
    </message>
    <message>
        <source>Only for models whose owner asks for it: a “Basic” entry with the hub's access key as password</source>
        <translation>Nur für Modelle, deren Eigentümer es verlangt: ein „Basic“-Eintrag mit dem Zugangsschlüssel des Hubs als Kennwort</translation>
    </message>
    <message>
        <source>Weights in &amp;memory</source>
        <translation>Ge&amp;wichte im Speicher</translation>
    </message>
</context>
<context>
    <name>ModelTable</name>
    <message>
        <source>Memory needed</source>
        <translation>Speicherbedarf</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>in use, {where}</source>
        <translation>in Verwendung, {where}</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>&amp;Add folder…</source>
        <translation>&amp;Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>&amp;Download…</source>
        <translation>Herunter&amp;laden…</translation>
    </message>
    <message>
        <source>&amp;Remove from list</source>
        <translation>Aus Liste &amp;entfernen</translation>
    </message>
    <message>
        <source>&amp;Use</source>
        <translation>&amp;Verwenden</translation>
    </message>
    <message>
        <source>&amp;Verify</source>
        <translation>&amp;Prüfen</translation>
    </message>
    <message>
        <source>Asking what there is to fetch</source>
        <translation>Abfrage, was herunterzuladen ist</translation>
    </message>
    <message>
        <source>Cancelled; what has been fetched is kept.</source>
        <translation>Abgebrochen; bereits Heruntergeladenes bleibt erhalten.</translation>
    </message>
    <message>
        <source>Checking {name}</source>
        <translation>Prüfen von {name}</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>Commit</translation>
    </message>
    <message>
        <source>De&amp;lete…</source>
        <translation>Lös&amp;chen…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete {name}?</source>
        <translation>{name} löschen?</translation>
    </message>
    <message>
        <source>Deleting {name}</source>
        <translation>Löschen von {name}</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Download {name}?</source>
        <translation>{name} herunterladen?</translation>
    </message>
    <message>
        <source>Fetching {name}</source>
        <translation>Herunterladen von {name}</translation>
    </message>
    <message>
        <source>Folder of a model</source>
        <translation>Ordner eines Modells</translation>
    </message>
    <message>
        <source>Free there</source>
        <translation>Dort frei</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Its files in {folder} go for good.</source>
        <translation>Die Dateien in {folder} werden endgültig gelöscht.</translation>
    </message>
    <message>
        <source>Its files in {folder} go; they can be fetched again.</source>
        <translation>Die Dateien in {folder} werden gelöscht; sie können erneut heruntergeladen werden.</translation>
    </message>
    <message>
        <source>Looking for models</source>
        <translation>Suche nach Modellen</translation>
    </message>
    <message>
        <source>Looking into the folder</source>
        <translation>Untersuchen des Ordners</translation>
    </message>
    <message>
        <source>Models of a remote runtime are seen to on its machine</source>
        <translation>Modelle einer Remote-Runtime werden auf deren Rechner verwaltet</translation>
    </message>
    <message>
        <source>TerraScope models</source>
        <translation>TerraScope-Modelle</translation>
    </message>
    <message>
        <source>There is no complete model in {folder}: choose one with config.json and *.safetensors.</source>
        <translation>In {folder} ist kein vollständiges Modell: bitte eines mit config.json und *.safetensors wählen.</translation>
    </message>
    <message>
        <source>These are the models of the remote runtime; they are fetched and taught on its machine.</source>
        <translation>Dies sind die Modelle der Remote-Runtime; heruntergeladen und trainiert wird auf deren Rechner.</translation>
    </message>
    <message>
        <source>To fetch</source>
        <translation>Herunterzuladen</translation>
    </message>
    <message>
        <source>{missing} of {total}</source>
        <translation>{missing} von {total}</translation>
    </message>
    <message>
        <source>{name} is complete and can be read; nothing is known to compare its files with.</source>
        <translation>{name} ist vollständig und lesbar; zum Vergleich der Dateien ist nichts bekannt.</translation>
    </message>
    <message>
        <source>{name} is complete, and every file is as it was published.</source>
        <translation>{name} ist vollständig, und alle Dateien sind wie veröffentlicht.</translation>
    </message>
    <message>
        <source>{name} was deleted.</source>
        <translation>{name} wurde gelöscht.</translation>
    </message>
</context>
<context>
    <name>Needs</name>
    <message>
        <source>&amp;Fetch Python, install</source>
        <translation>Python laden und &amp;installieren</translation>
    </message>
    <message>
        <source>&amp;Install</source>
        <translation>&amp;Installieren</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <translation>&amp;Untersuchen</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>Erneut &amp;untersuchen</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Modelle…</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>Erneut &amp;versuchen</translation>
    </message>
    <message>
        <source>&amp;Update</source>
        <translation>Ak&amp;tualisieren</translation>
    </message>
    <message>
        <source>Being installed; QGIS can be used meanwhile.</source>
        <translation>Wird installiert; QGIS bleibt solange benutzbar.</translation>
    </message>
    <message>
        <source>Being looked at…</source>
        <translation>Wird untersucht…</translation>
    </message>
    <message>
        <source>Chosen by hand: {path}</source>
        <translation>Von Hand gewählt: {path}</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Installed in the QGIS profile</source>
        <translation>Im QGIS-Profil installiert</translation>
    </message>
    <message>
        <source>Known when the environment is there.</source>
        <translation>Bekannt, sobald die Umgebung vorhanden ist.</translation>
    </message>
    <message>
        <source>Make an environment in the QGIS profile and use that instead</source>
        <translation>Eine Umgebung im QGIS-Profil anlegen und stattdessen verwenden</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Named by TERRASCOPE_RUNTIME_PYTHON: {path}</source>
        <translation>Durch TERRASCOPE_RUNTIME_PYTHON angegeben: {path}</translation>
    </message>
    <message>
        <source>Not installed yet. A Python environment of its own in your QGIS profile (about 1 GB, several with CUDA); nothing of QGIS is changed.</source>
        <translation>Noch nicht installiert. Eine eigene Python-Umgebung in Ihrem QGIS-Profil (etwa 1 GB, mit CUDA mehrere); an QGIS wird nichts geändert.</translation>
    </message>
    <message>
        <source>Not looked at yet.</source>
        <translation>Noch nicht untersucht.</translation>
    </message>
    <message>
        <source>Of the plugin's own folder: {path}</source>
        <translation>Aus dem Ordner der Erweiterung: {path}</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Runtime</translation>
    </message>
    <message>
        <source>TerraScope was updated, and the environment is for an earlier version.</source>
        <translation>TerraScope wurde aktualisiert, und die Umgebung gehört zu einer früheren Version.</translation>
    </message>
    <message>
        <source>The folder of {name} is gone</source>
        <translation>Der Ordner von {name} ist verschwunden</translation>
    </message>
    <message>
        <source>There is no Python at {path}, which was chosen by hand.</source>
        <translation>Unter {path}, von Hand gewählt, gibt es kein Python.</translation>
    </message>
    <message>
        <source>other versions than were tested: {names}</source>
        <translation>andere Versionen als getestet: {names}</translation>
    </message>
    <message>
        <source>{name} has not been fetched yet</source>
        <translation>{name} wurde noch nicht heruntergeladen</translation>
    </message>
    <message>
        <source>{name} is missing: install again</source>
        <translation>{name} fehlt: bitte erneut installieren</translation>
    </message>
    <message>
        <source>{name}, comes with the plugin</source>
        <translation>{name}, mit der Erweiterung geliefert</translation>
    </message>
    <message>
        <source>{name}, fetched</source>
        <translation>{name}, heruntergeladen</translation>
    </message>
    <message>
        <source>{name}, in a folder of yours</source>
        <translation>{name}, in einem eigenen Ordner</translation>
    </message>
    <message>
        <source>{name}, {memory} of memory free</source>
        <translation>{name}, {memory} Speicher frei</translation>
    </message>
</context>
<context>
    <name>OptionsPage</name>
    <message>
        <source>&amp;Device</source>
        <translation>&amp;Gerät</translation>
    </message>
    <message>
        <source>&amp;Ellipsoid</source>
        <translation>&amp;Ellipsoid</translation>
    </message>
    <message>
        <source>&amp;Folder for results</source>
        <translation>Ergebnis&amp;ordner</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Python</source>
        <translation>&amp;Python</translation>
    </message>
    <message>
        <source>&amp;Reasoning</source>
        <translation>Ge&amp;dankengang</translation>
    </message>
    <message>
        <source>&amp;Stretch</source>
        <translation>S&amp;treckung</translation>
    </message>
    <message>
        <source>&amp;Units shown</source>
        <translation>Angezeigte E&amp;inheiten</translation>
    </message>
    <message>
        <source>Add the layers of an answer to the project by themselves</source>
        <translation>Die Layer einer Antwort automatisch dem Projekt hinzufügen</translation>
    </message>
    <message>
        <source>Another language appears with the next start of QGIS.</source>
        <translation>Eine andere Sprache erscheint mit dem nächsten Start von QGIS.</translation>
    </message>
    <message>
        <source>As in QGIS's locale</source>
        <translation>Wie im Gebietsschema von QGIS</translation>
    </message>
    <message>
        <source>As in the paper</source>
        <translation>Wie im Artikel</translation>
    </message>
    <message>
        <source>As the published weights were run</source>
        <translation>Wie die veröffentlichten Gewichte ausgeführt wurden</translation>
    </message>
    <message>
        <source>Automatic: a GPU where there is one</source>
        <translation>Automatisch: eine GPU, wo vorhanden</translation>
    </message>
    <message>
        <source>Automatic: reflectance where it is known</source>
        <translation>Automatisch: Reflektanz, wo bekannt</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Metrisch</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle…</translation>
    </message>
    <message>
        <source>Plugin</source>
        <translation>Erweiterung</translation>
    </message>
    <message>
        <source>Processor (cpu)</source>
        <translation>Prozessor (cpu)</translation>
    </message>
    <message>
        <source>Relative: 2 to 98 percentile of each band</source>
        <translation>Relativ: 2. bis 98. Perzentil jedes Kanals</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Runtime</translation>
    </message>
    <message>
        <source>Runtime…</source>
        <translation>Runtime…</translation>
    </message>
    <message>
        <source>Scenes and measures</source>
        <translation>Szenen und Messungen</translation>
    </message>
    <message>
        <source>That of QGIS</source>
        <translation>Wie in QGIS</translation>
    </message>
    <message>
        <source>That of the project</source>
        <translation>Wie im Projekt</translation>
    </message>
    <message>
        <source>That of the scene</source>
        <translation>Wie in der Szene</translation>
    </message>
    <message>
        <source>The folder for results, {path}, is no whole path: choose it again.</source>
        <translation>Der Ergebnisordner, {path}, ist kein vollständiger Pfad: bitte erneut wählen.</translation>
    </message>
    <message>
        <source>There is no Python at {path}: choose it again, or leave the field empty.</source>
        <translation>Unter {path} gibt es kein Python: bitte erneut wählen oder das Feld leer lassen.</translation>
    </message>
    <message>
        <source>US (acres, feet, miles)</source>
        <translation>US (Acre, Fuß, Meilen)</translation>
    </message>
    <message>
        <source>Weights in &amp;memory</source>
        <translation>Ge&amp;wichte im Speicher</translation>
    </message>
    <message>
        <source>{path} is a file: choose a folder for results.</source>
        <translation>{path} ist eine Datei: bitte einen Ergebnisordner wählen.</translation>
    </message>
    <message>
        <source>“{name}” is no device: use auto, cpu, mps, cuda, or cuda: and a number.</source>
        <translation>„{name}“ ist kein Gerät: bitte auto, cpu, mps, cuda oder cuda: und eine Zahl verwenden.</translation>
    </message>
</context>
<context>
    <name>QuestionBox</name>
    <message>
        <source>How many hectares of water are there?</source>
        <translation>Auf Englisch, z. B.: How many hectares of water are there?</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
</context>
<context>
    <name>RasterChoice</name>
    <message>
        <source>A file, a folder (SAFE, Landsat, one-band files), and more</source>
        <translation>Eine Datei, ein Ordner (SAFE, Landsat, Einkanaldateien) und mehr</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen…</translation>
    </message>
    <message>
        <source>Choose a folder of bands…</source>
        <translation>Ordner mit Kanälen wählen…</translation>
    </message>
    <message>
        <source>Choose a raster file</source>
        <translation>Rasterdatei wählen</translation>
    </message>
    <message>
        <source>Choose the folder of a scene</source>
        <translation>Ordner einer Szene wählen</translation>
    </message>
</context>
<context>
    <name>RemoteGroup</name>
    <message>
        <source>&amp;Test connection</source>
        <translation>&amp;Verbindung testen</translation>
    </message>
    <message>
        <source>A “Basic” entry with the runtime's key as its password</source>
        <translation>Ein „Basic“-Eintrag mit dem Schlüssel der Runtime als Kennwort</translation>
    </message>
    <message>
        <source>Add&amp;ress</source>
        <translation>Ad&amp;resse</translation>
    </message>
    <message>
        <source>Address of the remote runtime</source>
        <translation>Adresse der Remote-Runtime</translation>
    </message>
    <message>
        <source>Choose the sign-in with the remote runtime's key, or leave its address empty.</source>
        <translation>Bitte die Anmeldung mit dem Schlüssel der Remote-Runtime wählen oder deren Adresse leer lassen.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbinde…</translation>
    </message>
    <message>
        <source>None: this machine computes</source>
        <translation>Keine: Dieser Rechner rechnet</translation>
    </message>
    <message>
        <source>Runtime on another machine</source>
        <translation>Runtime auf einem anderen Rechner</translation>
    </message>
    <message>
        <source>Sign-&amp;in</source>
        <translation>Anme&amp;ldung</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>https://host:port, or http://127.0.0.1:port at this end of an SSH tunnel. Scenes are sent there.</source>
        <translation>https://host:port, oder http://127.0.0.1:port an diesem Ende eines SSH-Tunnels. Szenen werden dorthin gesendet.</translation>
    </message>
</context>
<context>
    <name>RuntimeStatusAlgorithm</name>
    <message>
        <source>Asking the runtime; it is started if it does not run.</source>
        <translation>Die Runtime wird abgefragt; läuft sie nicht, wird sie gestartet.</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Beschäftigt</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Memory that the chosen model needs (MB)</source>
        <translation>Speicherbedarf des gewählten Modells (MB)</translation>
    </message>
    <message>
        <source>Models in memory</source>
        <translation>Modelle im Speicher</translation>
    </message>
    <message>
        <source>Models that can answer</source>
        <translation>Modelle, die antworten können</translation>
    </message>
    <message>
        <source>On another machine</source>
        <translation>Auf einem anderen Rechner</translation>
    </message>
    <message>
        <source>Questions running and waiting</source>
        <translation>Laufende und wartende Fragen</translation>
    </message>
    <message>
        <source>Runtime status</source>
        <translation>Runtime-Status</translation>
    </message>
    <message>
        <source>Runtime {version} on {device}, protocol {protocol}, {jobs} question(s) running and waiting</source>
        <translation>Runtime {version} auf {device}, Protokoll {protocol}, {jobs} laufende und wartende Frage(n)</translation>
    </message>
    <message>
        <source>Tells which runtime answers, and starts it if it does not run: use it to see whether the installation is complete, or first in a model or script. It has no parameters. It fails, and says why, when the runtime does not start.

VERSION: of the runtime. DEVICE: what it computes on. BUSY, JOBS: whether, and how many questions it answers or has waiting. REMOTE: whether it is on another machine. MODELS: names of the models that can answer, in lines. LOADED: those of them that are in memory. MEMORY_MB: what the model of the settings is estimated to need, in millions of bytes, as it is set to be kept in memory (0: it is not known). The log has more of each model.</source>
        <translation>Sagt, welche Runtime antwortet, und startet sie, wenn sie nicht läuft: zur Prüfung, ob die Installation vollständig ist, oder als Erstes in einem Modell oder Skript. Es gibt keine Parameter. Startet die Runtime nicht, schlägt der Algorithmus fehl und nennt den Grund.

VERSION: der Runtime. DEVICE: worauf sie rechnet. BUSY, JOBS: ob und wie viele Fragen sie beantwortet oder in der Warteschlange hat. REMOTE: ob sie auf einem anderen Rechner ist. MODELS: Namen der Modelle, die antworten können, zeilenweise. LOADED: diejenigen davon, die im Speicher sind. MEMORY_MB: was das Modell der Einstellungen schätzungsweise braucht, in Millionen Byte, so wie es im Speicher gehalten werden soll (0: unbekannt). Das Protokoll enthält mehr zu jedem Modell.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>in memory</source>
        <translation>im Speicher</translation>
    </message>
    <message>
        <source>runtime,status,version,device,GPU,CUDA,models,memory,check,AI</source>
        <translation>Runtime,Status,Version,Gerät,GPU,CUDA,Modelle,Speicher,Prüfung,KI</translation>
    </message>
</context>
<context>
    <name>SegmentClassesAlgorithm</name>
    <message>
        <source>Areas</source>
        <translation>Flächen</translation>
    </message>
    <message>
        <source>Class raster</source>
        <translation>Klassenraster</translation>
    </message>
    <message>
        <source>Classes, one in each line</source>
        <translation>Klassen, eine je Zeile</translation>
    </message>
    <message>
        <source>HTML (*.html)</source>
        <translation>HTML (*.html)</translation>
    </message>
    <message>
        <source>Land cover</source>
        <translation>Landbedeckung</translation>
    </message>
    <message>
        <source>Makes a land-cover map of the classes that are named, with the hectares of each.

Scene, SAR, Extent: as in “Ask about a scene”. Classes: one in each line, in English; the bundled model knows water, trees, cropland, grassland, built-up area, bare ground, snow and ice, wetland, cloud, and those it was taught. Words for them that it knows, like forest, are taken for them.

Each class is marked by itself. Where two of them overlap, the ground belongs to the one whose mask has the higher score, so every pixel has one class or none.
Output: polygons, one for each connected part, with class (number of the class), phrase (its name), area_ha, area_uncertainty_ha (half a pixel either side of the boundary), coverage_pct (of what the scene shows), pixels, and score (of the whole class, 0 to 1). Areas: a table with a row for each class, also of those that were not found. Class raster: on the scene's own grid, with the numbers of the classes; 0 is none of them, or nothing to see. Page: the table for people (HTML). MAPPED_HA, MAPPED_PCT: all classes together.

Hectares are measured on the raster's own grid and ellipsoid and are exact for the mask. Whether the mask is right is another matter: look at it before you rely on a figure.</source>
        <translation>Erstellt eine Landbedeckungskarte der genannten Klassen mit der Fläche jeder Klasse in Hektar.

Szene, SAR, Ausdehnung: wie bei „Szene befragen“. Klassen: eine je Zeile, auf Englisch; das mitgelieferte Modell kennt water, trees, cropland, grassland, built-up area, bare ground, snow and ice, wetland, cloud und die, die ihm beigebracht wurden. Wörter dafür, die es kennt, wie forest, werden ihnen zugeordnet.

Jede Klasse wird für sich markiert. Wo sich zwei überlappen, gehört der Boden zu der, deren Maske den höheren Score hat; jedes Pixel hat also eine Klasse oder keine.
Ausgabe: Polygone, eines je zusammenhängendem Teil, mit class (Nummer der Klasse), phrase (ihr Name), area_ha, area_uncertainty_ha (ein halbes Pixel beiderseits der Grenze), coverage_pct (von dem, was die Szene zeigt), pixels und score (der ganzen Klasse, 0 bis 1). Flächen: eine Tabelle mit einer Zeile je Klasse, auch für nicht gefundene. Klassenraster: auf dem Gitter der Szene, mit den Nummern der Klassen; 0 bedeutet keine davon oder nichts zu sehen. Seite: die Tabelle zum Lesen (HTML). MAPPED_HA, MAPPED_PCT: alle Klassen zusammen.

Die Flächen werden auf Gitter und Ellipsoid des Rasters gemessen und sind für die Maske exakt. Ob die Maske stimmt, ist eine andere Frage: Betrachten Sie sie, bevor Sie sich auf eine Zahl verlassen.</translation>
    </message>
    <message>
        <source>Map land cover</source>
        <translation>Landbedeckung kartieren</translation>
    </message>
    <message>
        <source>Mapped (ha)</source>
        <translation>Kartiert (ha)</translation>
    </message>
    <message>
        <source>Mapped share of the scene (%)</source>
        <translation>Kartierter Anteil der Szene (%)</translation>
    </message>
    <message>
        <source>Page of areas</source>
        <translation>Flächenseite</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Szene</translation>
    </message>
    <message>
        <source>There is no class yet: write one in each line.</source>
        <translation>Noch keine Klasse vorhanden: bitte eine je Zeile eingeben.</translation>
    </message>
    <message>
        <source>land cover,land use,classification,segmentation,classes,map,polygonise,area,hectares,water,forest,AI</source>
        <translation>Landbedeckung,Landnutzung,Klassifizierung,Segmentierung,Klassen,Karte,vektorisieren,Fläche,Hektar,Wasser,Wald,KI</translation>
    </message>
    <message>
        <source>{count} classes are more than can be mapped at once: name up to {most}.</source>
        <translation>{count} Klassen sind mehr, als auf einmal kartiert werden können: bitte höchstens {most} nennen.</translation>
    </message>
    <message>
        <source>{name} cannot be written ({why}): choose another place.</source>
        <translation>{name} kann nicht geschrieben werden ({why}): bitte einen anderen Speicherort wählen.</translation>
    </message>
</context>
<context>
    <name>StateRow</name>
    <message>
        <source>being looked at</source>
        <translation>wird untersucht</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>needs attention</source>
        <translation>bitte prüfen</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>noch nicht bekannt</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
</context>
<context>
    <name>StoreProgress</name>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
</context>
<context>
    <name>Swatch</name>
    <message>
        <source>Preview of the bands</source>
        <translation>Vorschau der Kanäle</translation>
    </message>
</context>
<context>
    <name>Teach</name>
    <message>
        <source>Show on the map what is where: the answer follows at once</source>
        <translation>Auf der Karte zeigen, was wo ist: Die Antwort folgt sofort</translation>
    </message>
    <message>
        <source>Teach it here</source>
        <translation>Hier anlernen</translation>
    </message>
    <message>
        <source>Teaching draws the masks anew; your corrections stay in {file}.</source>
        <translation>Anlernen zeichnet die Masken neu; Ihre Korrekturen bleiben in {file}.</translation>
    </message>
    <message>
        <source>taught with {examples}</source>
        <translation>angelernt mit {examples}</translation>
    </message>
</context>
<context>
    <name>TeachPanel</name>
    <message>
        <source>Choose a class of the answer, or write what the place shows</source>
        <translation>Eine Klasse der Antwort wählen oder eingeben, was der Ort zeigt</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Draw around it, corner by corner</source>
        <translation>Umriss Ecke für Ecke zeichnen</translation>
    </message>
    <message>
        <source>End teaching (Escape on the map)</source>
        <translation>Anlernen beenden (Esc auf der Karte)</translation>
    </message>
    <message>
        <source>On the map: left click, it is here; right click, it is not; Shift and drag, an area.</source>
        <translation>Auf der Karte: Linksklick – hier ist es; Rechtsklick – hier nicht; Umschalt und Ziehen – ein Bereich.</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Umriss</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Take all examples back</source>
        <translation>Alle Beispiele zurücknehmen</translation>
    </message>
    <message>
        <source>Take the last example back (Ctrl+Z on the map)</source>
        <translation>Das letzte Beispiel zurücknehmen (Strg+Z auf der Karte)</translation>
    </message>
    <message>
        <source>The answer follows…</source>
        <translation>Die Antwort folgt…</translation>
    </message>
    <message>
        <source>The date you show it on</source>
        <translation>Der Zeitpunkt, zu dem Sie es zeigen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>What you show</source>
        <translation>Was Sie zeigen</translation>
    </message>
</context>
<context>
    <name>TemplateMenu</name>
    <message>
        <source>Templates…</source>
        <translation>Vorlagen…</translation>
    </message>
    <message>
        <source>Ways of asking that the model knows, with classes to fill in</source>
        <translation>Frageformen, die das Modell kennt, mit Klassen zum Ausfüllen</translation>
    </message>
    <message>
        <source>{task} (several dates)</source>
        <translation>{task} (mehrere Zeitpunkte)</translation>
    </message>
</context>
<context>
    <name>TerraScope</name>
    <message>
        <source>&amp;Look</source>
        <translation>&amp;Untersuchen</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>Erneut &amp;untersuchen</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Modelle…</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>Erneut &amp;versuchen</translation>
    </message>
    <message>
        <source>1 example</source>
        <translation>1 Beispiel</translation>
    </message>
    <message>
        <source>A build with CUDA may need 11 GB in all; less is free.</source>
        <translation>Ein Build mit CUDA kann insgesamt 11 GB benötigen; es ist weniger frei.</translation>
    </message>
    <message>
        <source>A pattern chooses among the files of a folder: give a folder, or no pattern.</source>
        <translation>Ein Muster wählt aus den Dateien eines Ordners: bitte einen Ordner angeben oder kein Muster.</translation>
    </message>
    <message>
        <source>Above the no-change floor</source>
        <translation>Über der Nachweisgrenze</translation>
    </message>
    <message>
        <source>Another QGIS is installing the runtime into this profile: wait for it.</source>
        <translation>Ein anderes QGIS installiert gerade die Runtime in dieses Profil: bitte warten.</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Answer: {answer}</source>
        <translation>Antwort: {answer}</translation>
    </message>
    <message>
        <source>Answered {time} with {versions}</source>
        <translation>Beantwortet {time} mit {versions}</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Fläche</translation>
    </message>
    <message>
        <source>Area (ha)</source>
        <translation>Fläche (ha)</translation>
    </message>
    <message>
        <source>Area of each mask: {figures}.</source>
        <translation>Fläche jeder Maske: {figures}.</translation>
    </message>
    <message>
        <source>Area over the dates, on the ground that all of them show: {figures}.</source>
        <translation>Fläche über die Zeitpunkte, auf dem Gebiet, das alle zeigen: {figures}.</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Ask a question about a scene</source>
        <translation>Eine Frage zu einer Szene stellen</translation>
    </message>
    <message>
        <source>Asks through a tunnel, port {port}</source>
        <translation>Fragt durch einen Tunnel, Port {port}</translation>
    </message>
    <message>
        <source>Asks {host}</source>
        <translation>Fragt {host}</translation>
    </message>
    <message>
        <source>Asks {url}</source>
        <translation>Fragt {url}</translation>
    </message>
    <message>
        <source>Automatic: the best that fits</source>
        <translation>Automatisch: das Beste, was passt</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>Angrenzung</translation>
    </message>
    <message>
        <source>Boundary uncertainty (± ha)</source>
        <translation>Grenzunsicherheit (± ha)</translation>
    </message>
    <message>
        <source>CRS as in the GeoPackage</source>
        <translation>KBS wie im GeoPackage</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>Capture layers that are no files at (metres per pixel; empty: their own)</source>
        <translation>Layer, die keine Dateien sind, erfassen mit (Meter je Pixel; leer: ihre eigenen)</translation>
    </message>
    <message>
        <source>Capturing {name}</source>
        <translation>Erfassen von {name}</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Compiling packages, so that they start quickly</source>
        <translation>Kompilieren der Pakete für schnellen Start</translation>
    </message>
    <message>
        <source>Computed as {how}.</source>
        <translation>Berechnet als {how}.</translation>
    </message>
    <message>
        <source>Connecting to the remote runtime</source>
        <translation>Verbinden mit der Remote-Runtime</translation>
    </message>
    <message>
        <source>Connecting to {url}…</source>
        <translation>Verbinde mit {url}…</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Flächenanteil</translation>
    </message>
    <message>
        <source>Date {number} has no scene: choose one, or remove the date.</source>
        <translation>Zeitpunkt {number} hat keine Szene: bitte eine wählen oder den Zeitpunkt entfernen.</translation>
    </message>
    <message>
        <source>Days, like 2017-06-04; 2018-03-30 (empty: from metadata and names)</source>
        <translation>Tage, etwa 2017-06-04; 2018-03-30 (leer: aus Metadaten und Namen)</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Distance, centroids (m)</source>
        <translation>Abstand, Zentroide (m)</translation>
    </message>
    <message>
        <source>Distance, edge to edge (m)</source>
        <translation>Abstand, Rand zu Rand (m)</translation>
    </message>
    <message>
        <source>Distances</source>
        <translation>Abstände</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Ausdehnung</translation>
    </message>
    <message>
        <source>Fetching Python</source>
        <translation>Herunterladen von Python</translation>
    </message>
    <message>
        <source>Fetching packages</source>
        <translation>Herunterladen der Pakete</translation>
    </message>
    <message>
        <source>Fetching {name}</source>
        <translation>Herunterladen von {name}</translation>
    </message>
    <message>
        <source>Fetching {package}</source>
        <translation>Herunterladen von {package}</translation>
    </message>
    <message>
        <source>Fewer bytes need less memory, and masks and answers become less exact</source>
        <translation>Mit weniger Byte sinkt der Speicherbedarf, aber Masken und Antworten werden ungenauer</translation>
    </message>
    <message>
        <source>Figures follow the masks as they were corrected by hand on {time}; </source>
        <translation>Die Zahlen folgen den am {time} von Hand korrigierten Masken; </translation>
    </message>
    <message>
        <source>Files of {names} are missing or changed, perhaps by an anti-virus program: install again.</source>
        <translation>Dateien von {names} fehlen oder wurden verändert, vielleicht durch einen Virenscanner: bitte erneut installieren.</translation>
    </message>
    <message>
        <source>From image</source>
        <translation>Von Bild</translation>
    </message>
    <message>
        <source>From step</source>
        <translation>Von Schritt</translation>
    </message>
    <message>
        <source>Further dates</source>
        <translation>Weitere Zeitpunkte</translation>
    </message>
    <message>
        <source>Further dates: SAR, in the same order</source>
        <translation>Weitere Zeitpunkte: SAR, in derselben Reihenfolge</translation>
    </message>
    <message>
        <source>Further dates: cloud layers, in the same order</source>
        <translation>Weitere Zeitpunkte: Wolkenlayer, in derselben Reihenfolge</translation>
    </message>
    <message>
        <source>Further dates: folders of bands (name a file in each, like *_MTL.txt)</source>
        <translation>Weitere Zeitpunkte: Ordner mit Kanälen (je eine Datei darin angeben, etwa *_MTL.txt)</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Give one of the three: scenes, a folder, or a table of scenes.</source>
        <translation>Bitte eines der drei angeben: Szenen, einen Ordner oder eine Szenentabelle.</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Hidden by clouds</source>
        <translation>Von Wolken verdeckt</translation>
    </message>
    <message>
        <source>How well it finds them on other places, with {bands}</source>
        <translation>Wie gut es sie an anderen Orten findet, mit {bands}</translation>
    </message>
    <message>
        <source>Hub sign-in</source>
        <translation>Hub-Anmeldung</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Images over two pixels apart</source>
        <translation>Bilder mit über zwei Pixel Versatz</translation>
    </message>
    <message>
        <source>Installed only in part, again: {name}</source>
        <translation>Nur teilweise installiert, erneut: {name}</translation>
    </message>
    <message>
        <source>Installing packages</source>
        <translation>Installieren der Pakete</translation>
    </message>
    <message>
        <source>IoU on held-out ground {before} → {after}</source>
        <translation>IoU auf Prüfflächen {before} → {after}</translation>
    </message>
    <message>
        <source>IoU {iou}, coverage ± {error}</source>
        <translation>IoU {iou}, Flächenanteil ± {error}</translation>
    </message>
    <message>
        <source>It is a picture: its colours are no reflectance.</source>
        <translation>Es ist ein gezeichnetes Bild: Seine Farben sind keine Reflektanzen.</translation>
    </message>
    <message>
        <source>Judgement</source>
        <translation>Einschätzung</translation>
    </message>
    <message>
        <source>Known when the runtime answers.</source>
        <translation>Bekannt, sobald die Runtime antwortet.</translation>
    </message>
    <message>
        <source>Land cover</source>
        <translation>Landbedeckung</translation>
    </message>
    <message>
        <source>Land cover per polygon</source>
        <translation>Landbedeckung je Polygon</translation>
    </message>
    <message>
        <source>Larger of two</source>
        <translation>Größeres von zweien</translation>
    </message>
    <message>
        <source>Leave out parts smaller than (ha)</source>
        <translation>Teile weglassen, die kleiner sind als (ha)</translation>
    </message>
    <message>
        <source>Looked at twice</source>
        <translation>Zweimal betrachtet</translation>
    </message>
    <message>
        <source>Looking at the package index</source>
        <translation>Abfragen des Paketindex</translation>
    </message>
    <message>
        <source>Looking at this computer</source>
        <translation>Untersuchen dieses Rechners</translation>
    </message>
    <message>
        <source>Looking for Python 3.11, 3.12 or 3.13</source>
        <translation>Suche nach Python 3.11, 3.12 oder 3.13</translation>
    </message>
    <message>
        <source>Making the environment</source>
        <translation>Anlegen der Umgebung</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Kartieren</translation>
    </message>
    <message>
        <source>Mask score (0-1)</source>
        <translation>Score der Maske (0-1)</translation>
    </message>
    <message>
        <source>Masks corrected by hand, and their figures measured again, {time}</source>
        <translation>Masken von Hand korrigiert und Zahlen neu gemessen, {time}</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Measured on the ellipsoid {ellipsoid}; ± is half a pixel along the boundary.</source>
        <translation>Gemessen auf dem Ellipsoid {ellipsoid}; ± entspricht einem halben Pixel entlang der Grenze.</translation>
    </message>
    <message>
        <source>Model folder or name (empty: the model of the settings)</source>
        <translation>Ordner oder Name des Modells (leer: das Modell der Einstellungen)</translation>
    </message>
    <message>
        <source>Model: {figure}</source>
        <translation>Modell: {figure}</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle…</translation>
    </message>
    <message>
        <source>Names of its scenes, like *.tif or **/*_B04.tif (empty: all rasters)</source>
        <translation>Namen der Szenen darin, etwa *.tif oder **/*_B04.tif (leer: alle Raster)</translation>
    </message>
    <message>
        <source>No NVIDIA driver was found, so the processor computes. The package index has only the large CUDA build for Linux (2.7 GB to fetch); name an index of CPU builds under “Other ways” to fetch 0.2 GB instead.</source>
        <translation>Kein NVIDIA-Treiber gefunden, daher rechnet der Prozessor. Der Paketindex hat für Linux nur den großen CUDA-Build (2,7 GB herunterzuladen); mit einem Index von CPU-Builds unter „Andere Wege“ sind es nur 0,2 GB.</translation>
    </message>
    <message>
        <source>No NVIDIA driver was found: PyTorch's build for the processor.</source>
        <translation>Kein NVIDIA-Treiber gefunden: PyTorch-Build für den Prozessor.</translation>
    </message>
    <message>
        <source>No Python 3.11, 3.12 or 3.13 (64 bits) was found. Install one from python.org or your system's packages, or let the installer fetch one.</source>
        <translation>Kein Python 3.11, 3.12 oder 3.13 (64 Bit) gefunden. Bitte eines von python.org oder aus den Paketen Ihres Systems installieren oder das Installationsprogramm eines herunterladen lassen.</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>Keine Daten</translation>
    </message>
    <message>
        <source>No data in at least one image</source>
        <translation>Keine Daten in mindestens einem Bild</translation>
    </message>
    <message>
        <source>No secure connection can be made to {url}: see Details.</source>
        <translation>Zu {url} lässt sich keine sichere Verbindung herstellen: siehe Details.</translation>
    </message>
    <message>
        <source>No style for {layer}: {why}</source>
        <translation>Kein Stil für {layer}: {why}</translation>
    </message>
    <message>
        <source>None of the polygons “{name}” has a class in the field {field}: fill it in.</source>
        <translation>Keines der Polygone „{name}“ hat eine Klasse im Feld {field}: bitte ausfüllen.</translation>
    </message>
    <message>
        <source>Not seen</source>
        <translation>Nicht gesehen</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>Nothing could be captured of the layer “{name}”: check that QGIS shows it there.</source>
        <translation>Vom Layer „{name}“ ließ sich nichts erfassen: bitte prüfen, ob QGIS ihn dort anzeigt.</translation>
    </message>
    <message>
        <source>Nothing listens at {url}: is the tunnel open?</source>
        <translation>Unter {url} lauscht kein Dienst: Ist der Tunnel offen?</translation>
    </message>
    <message>
        <source>Nothing listens at {url}: start the runtime there, and check the port.</source>
        <translation>Unter {url} lauscht kein Dienst: bitte dort die Runtime starten und den Port prüfen.</translation>
    </message>
    <message>
        <source>On another machine: {url}</source>
        <translation>Auf einem anderen Rechner: {url}</translation>
    </message>
    <message>
        <source>Optical and SAR of one date together</source>
        <translation>Optisch und SAR eines Zeitpunkts zusammen</translation>
    </message>
    <message>
        <source>Or a table of scene, sar, dates, question (CSV), or STAC items (JSON)</source>
        <translation>Oder eine Tabelle mit scene, sar, dates, question (CSV) oder STAC-Items (JSON)</translation>
    </message>
    <message>
        <source>Or all scenes of a folder</source>
        <translation>Oder alle Szenen eines Ordners</translation>
    </message>
    <message>
        <source>Over the dates</source>
        <translation>Über die Zeitpunkte</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Polygon {number}.</source>
        <translation>Polygon {number}.</translation>
    </message>
    <message>
        <source>Preparing the installer</source>
        <translation>Vorbereiten der Installation</translation>
    </message>
    <message>
        <source>PyTorch comes from the index you named, build {build}.</source>
        <translation>PyTorch kommt aus dem angegebenen Index, Build {build}.</translation>
    </message>
    <message>
        <source>PyTorch's CUDA build suits it.</source>
        <translation>Der CUDA-Build von PyTorch ist passend.</translation>
    </message>
    <message>
        <source>PyTorch's build for macOS; it uses Apple's GPU where there is one.</source>
        <translation>PyTorch-Build für macOS; nutzt die GPU von Apple, wo vorhanden.</translation>
    </message>
    <message>
        <source>Python {version}: {path}</source>
        <translation>Python {version}: {path}</translation>
    </message>
    <message>
        <source>QGIS cannot measure on the ellipsoid of {crs}: reproject the scene.</source>
        <translation>QGIS kann auf dem Ellipsoid von {crs} nicht messen: bitte die Szene reprojizieren.</translation>
    </message>
    <message>
        <source>QGIS measures {here} ha for {phrase}, the report says {there} ha.</source>
        <translation>QGIS misst {here} ha für {phrase}, der Bericht sagt {there} ha.</translation>
    </message>
    <message>
        <source>QGIS's proxy makes no connection to {url}: see Details.</source>
        <translation>Der Proxy von QGIS stellt keine Verbindung zu {url} her: siehe Details.</translation>
    </message>
    <message>
        <source>QGIS's proxy {host} is not an HTTP proxy, and a remote runtime is reached through no other: add the runtime's address to those without proxy in Settings &gt; Options &gt; Network.</source>
        <translation>Der Proxy {host} von QGIS ist kein HTTP-Proxy, und eine Remote-Runtime ist nur über einen solchen erreichbar: bitte die Adresse der Runtime unter Einstellungen &gt; Optionen &gt; Netzwerk vom Proxy ausnehmen.</translation>
    </message>
    <message>
        <source>QGIS's proxy {host} is not an HTTP proxy, and models can be fetched through no other: set one in Settings &gt; Options &gt; Network.</source>
        <translation>Der Proxy {host} von QGIS ist kein HTTP-Proxy, und Modelle lassen sich nur über einen solchen herunterladen: bitte einen unter Einstellungen &gt; Optionen &gt; Netzwerk angeben.</translation>
    </message>
    <message>
        <source>QGIS's trusted certificates cannot be read: check them in Settings &gt; Options &gt; Authentication.</source>
        <translation>Die vertrauenswürdigen Zertifikate von QGIS sind nicht lesbar: bitte unter Einstellungen &gt; Optionen &gt; Authentifizierung prüfen.</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>Rangfolge</translation>
    </message>
    <message>
        <source>Reading {name}: {percent} %</source>
        <translation>Lesen von {name}: {percent} %</translation>
    </message>
    <message>
        <source>Reasoning profile</source>
        <translation>Profil des Gedankengangs</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Removing</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Report (JSON)</source>
        <translation>Bericht (JSON)</translation>
    </message>
    <message>
        <source>Runtime…</source>
        <translation>Runtime…</translation>
    </message>
    <message>
        <source>SAR scenes</source>
        <translation>SAR-Szenen</translation>
    </message>
    <message>
        <source>Say what you show: choose a class, or write its name.</source>
        <translation>Bitte angeben, was Sie zeigen: eine Klasse wählen oder ihren Namen eingeben.</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Szenen</translation>
    </message>
    <message>
        <source>Scenes of over four million pixels: reason over</source>
        <translation>Szenen mit über vier Millionen Pixel: auswerten mit</translation>
    </message>
    <message>
        <source>Sending {name}: {percent} %, {done} of {total} MB</source>
        <translation>Senden von {name}: {percent} %, {done} von {total} MB</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Zeitreihe</translation>
    </message>
    <message>
        <source>Share of the scene</source>
        <translation>Anteil der Szene</translation>
    </message>
    <message>
        <source>Share of the scene (%)</source>
        <translation>Anteil der Szene (%)</translation>
    </message>
    <message>
        <source>Share of tokens from SAR (0-1)</source>
        <translation>Anteil der Token aus SAR (0-1)</translation>
    </message>
    <message>
        <source>Shared edge (m)</source>
        <translation>Gemeinsame Grenze (m)</translation>
    </message>
    <message>
        <source>Show or hide {region} on the map</source>
        <translation>{region} auf der Karte ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Something unexpected went wrong in the plugin: please report it with its details.</source>
        <translation>In der Erweiterung ist ein unerwarteter Fehler aufgetreten: bitte mit den Details melden.</translation>
    </message>
    <message>
        <source>Starting the runtime</source>
        <translation>Starten der Runtime</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Sure or not is how well such masks fitted where the truth is known (mean IoU, 0 to 1; {places}); your place may be unlike those.</source>
        <translation>„Sicher“ oder nicht gibt an, wie gut solche Masken dort passten, wo die Wahrheit bekannt ist (mittlere IoU, 0 bis 1; {places}); Ihr Ort kann anders sein.</translation>
    </message>
    <message>
        <source>Sure or not is the model's own guess of how well each mask fits (0 to 1); it is not calibrated against truth.</source>
        <translation>„Sicher“ oder nicht ist die Schätzung des Modells selbst, wie gut jede Maske passt (0 bis 1); sie ist nicht an der Wahrheit kalibriert.</translation>
    </message>
    <message>
        <source>Tables and STAC items (*.csv *.json *.geojson)</source>
        <translation>Tabellen und STAC-Items (*.csv *.json *.geojson)</translation>
    </message>
    <message>
        <source>Taught here</source>
        <translation>Hier angelernt</translation>
    </message>
    <message>
        <source>That is beyond the scene: show a place within it.</source>
        <translation>Das liegt außerhalb der Szene: bitte einen Ort in ihr zeigen.</translation>
    </message>
    <message>
        <source>The CRS of the layer “{name}” was changed to {here}, its file says {there}: assign the right one to the file (Raster &gt; Projections &gt; Assign Projection).</source>
        <translation>Das KBS des Layers „{name}“ wurde in {here} geändert, seine Datei sagt {there}: bitte der Datei das richtige zuweisen (Raster &gt; Projektionen &gt; Projektion zuweisen).</translation>
    </message>
    <message>
        <source>The answer could not be kept in {folder}: see Details, and ask again.</source>
        <translation>Die Antwort ließ sich in {folder} nicht speichern: siehe Details, dann erneut fragen.</translation>
    </message>
    <message>
        <source>The certificate of {url} has expired: make a new one there.</source>
        <translation>Das Zertifikat von {url} ist abgelaufen: bitte dort ein neues erstellen.</translation>
    </message>
    <message>
        <source>The certificate of {url} is for another name: use the one it is made for.</source>
        <translation>Das Zertifikat von {url} gilt für einen anderen Namen: bitte den verwenden, für den es ausgestellt ist.</translation>
    </message>
    <message>
        <source>The certificate of {url} is not trusted: import its authority in Settings &gt; Options &gt; Authentication &gt; Manage Certificates &gt; Authorities, as trusted.</source>
        <translation>Das Zertifikat von {url} ist nicht vertrauenswürdig: bitte seine Autorität unter Einstellungen &gt; Optionen &gt; Authentifizierung &gt; Zertifikate verwalten &gt; Autoritäten als vertrauenswürdig importieren.</translation>
    </message>
    <message>
        <source>The connection to {url} was lost; nothing was written. Ask again.</source>
        <translation>Die Verbindung zu {url} ging verloren; nichts wurde geschrieben. Bitte erneut fragen.</translation>
    </message>
    <message>
        <source>The corrected mask could not be measured: see the log.</source>
        <translation>Die korrigierte Maske ließ sich nicht messen: siehe Protokoll.</translation>
    </message>
    <message>
        <source>The corrected mask was not measured: save it once more.</source>
        <translation>Die korrigierte Maske wurde nicht gemessen: bitte noch einmal speichern.</translation>
    </message>
    <message>
        <source>The extent lies where {crs} does not reach: choose another one.</source>
        <translation>Die Ausdehnung liegt außerhalb der Reichweite von {crs}: bitte eine andere wählen.</translation>
    </message>
    <message>
        <source>The file of the answer, {path}, is not there any more: ask again.</source>
        <translation>Die Datei der Antwort, {path}, ist nicht mehr vorhanden: bitte erneut fragen.</translation>
    </message>
    <message>
        <source>The folder {folder} for results cannot be made: choose another one.</source>
        <translation>Der Ergebnisordner {folder} lässt sich nicht anlegen: bitte einen anderen wählen.</translation>
    </message>
    <message>
        <source>The folder {folder} for results cannot be written to: choose another one.</source>
        <translation>In den Ergebnisordner {folder} lässt sich nicht schreiben: bitte einen anderen wählen.</translation>
    </message>
    <message>
        <source>The history cannot be deleted: {why}</source>
        <translation>Der Verlauf lässt sich nicht löschen: {why}</translation>
    </message>
    <message>
        <source>The history cannot be kept: {why}</source>
        <translation>Der Verlauf lässt sich nicht speichern: {why}</translation>
    </message>
    <message>
        <source>The layer {layer} is missing from the GeoPackage.</source>
        <translation>Der Layer {layer} fehlt im GeoPackage.</translation>
    </message>
    <message>
        <source>The layer “{name}” does not reach the extent: choose another one.</source>
        <translation>Der Layer „{name}“ reicht nicht bis zur Ausdehnung: bitte einen anderen wählen.</translation>
    </message>
    <message>
        <source>The layer “{name}” has no coordinate reference system: assign one to the file (Raster &gt; Projections &gt; Assign Projection).</source>
        <translation>Der Layer „{name}“ hat kein Koordinatenbezugssystem: bitte der Datei eines zuweisen (Raster &gt; Projektionen &gt; Projektion zuweisen).</translation>
    </message>
    <message>
        <source>The layer “{name}” has no coordinate reference system: set one in its properties.</source>
        <translation>Der Layer „{name}“ hat kein Koordinatenbezugssystem: bitte eines in seinen Eigenschaften festlegen.</translation>
    </message>
    <message>
        <source>The layer “{name}” is a picture that a server draws: give the resolution it is to be captured at, and an extent.</source>
        <translation>Der Layer „{name}“ ist ein von einem Server gezeichnetes Bild: bitte die Auflösung für die Erfassung und eine Ausdehnung angeben.</translation>
    </message>
    <message>
        <source>The layer “{name}” is broken: repair its source or remove it.</source>
        <translation>Der Layer „{name}“ ist defekt: bitte seine Quelle reparieren oder ihn entfernen.</translation>
    </message>
    <message>
        <source>The layer “{name}” is not a local raster file ({kind}): save it as a GeoTIFF (Export &gt; Save As) and ask about that.</source>
        <translation>Der Layer „{name}“ ist keine lokale Rasterdatei ({kind}): bitte als GeoTIFF speichern (Exportieren &gt; Speichern als) und dieses befragen.</translation>
    </message>
    <message>
        <source>The layer “{name}” is not a plain file on this computer ({source}): save it as a GeoTIFF (Export &gt; Save As) and ask about that.</source>
        <translation>Der Layer „{name}“ ist keine einfache Datei auf diesem Rechner ({source}): bitte als GeoTIFF speichern (Exportieren &gt; Speichern als) und dieses befragen.</translation>
    </message>
    <message>
        <source>The layer “{name}” would be captured as {width} × {height} pixels: choose a smaller extent or a coarser resolution.</source>
        <translation>Der Layer „{name}“ würde als {width} × {height} Pixel erfasst: bitte eine kleinere Ausdehnung oder gröbere Auflösung wählen.</translation>
    </message>
    <message>
        <source>The map of the report cannot be kept in {folder}: make room there.</source>
        <translation>Die Karte des Berichts lässt sich in {folder} nicht speichern: bitte dort Platz schaffen.</translation>
    </message>
    <message>
        <source>The model gave no answer.</source>
        <translation>Das Modell gab keine Antwort.</translation>
    </message>
    <message>
        <source>The model {name} is in a folder of this machine: choose one that the remote runtime has.</source>
        <translation>Das Modell {name} liegt in einem Ordner dieses Rechners: bitte eines wählen, das die Remote-Runtime hat.</translation>
    </message>
    <message>
        <source>The name {host} is not known in this network: check the address.</source>
        <translation>Der Name {host} ist in diesem Netzwerk unbekannt: bitte die Adresse prüfen.</translation>
    </message>
    <message>
        <source>The packages are there, but a system library is missing. On Windows install the Microsoft Visual C++ Redistributable (x64); on Linux see the log for its name.</source>
        <translation>Die Pakete sind vorhanden, aber eine Systembibliothek fehlt. Unter Windows bitte Microsoft Visual C++ Redistributable (x64) installieren; unter Linux steht ihr Name im Protokoll.</translation>
    </message>
    <message>
        <source>The packages are there, but do not work together: see the log.</source>
        <translation>Die Pakete sind vorhanden, arbeiten aber nicht zusammen: siehe Protokoll.</translation>
    </message>
    <message>
        <source>The password of the chosen sign-in is no key of a runtime, which has 32 or more hexadecimal digits: choose another one in Settings &gt; Options &gt; TerraScope.</source>
        <translation>Das Kennwort der gewählten Anmeldung ist kein Schlüssel einer Runtime (mindestens 32 hexadezimale Ziffern): bitte eine andere unter Einstellungen &gt; Optionen &gt; TerraScope wählen.</translation>
    </message>
    <message>
        <source>The plugin has version {ours}: update whichever is older.</source>
        <translation>Die Erweiterung hat Version {ours}: bitte das ältere von beiden aktualisieren.</translation>
    </message>
    <message>
        <source>The polygon does not meet the scene.</source>
        <translation>Das Polygon trifft die Szene nicht.</translation>
    </message>
    <message>
        <source>The polygons could not be written to {path}: {why}.</source>
        <translation>Die Polygone konnten nicht nach {path} geschrieben werden: {why}.</translation>
    </message>
    <message>
        <source>The polygons “{name}” have no coordinate reference system: assign one to the layer.</source>
        <translation>Die Polygone „{name}“ haben kein Koordinatenbezugssystem: bitte dem Layer eines zuweisen.</translation>
    </message>
    <message>
        <source>The question of this polygon is empty.</source>
        <translation>Die Frage dieses Polygons ist leer.</translation>
    </message>
    <message>
        <source>The remote runtime gave its answer no name: update it.</source>
        <translation>Die Remote-Runtime gab ihrer Antwort keinen Namen: bitte aktualisieren.</translation>
    </message>
    <message>
        <source>The remote runtime needs its key: choose a sign-in with it in Settings &gt; Options &gt; TerraScope.</source>
        <translation>Die Remote-Runtime verlangt ihren Schlüssel: bitte unter Einstellungen &gt; Optionen &gt; TerraScope eine Anmeldung damit wählen.</translation>
    </message>
    <message>
        <source>The report could not be written to {path}: {why}.</source>
        <translation>Der Bericht konnte nicht nach {path} geschrieben werden: {why}.</translation>
    </message>
    <message>
        <source>The runtime answered without writing a GeoPackage: update the plugin or its runtime.</source>
        <translation>Die Runtime antwortete, ohne ein GeoPackage zu schreiben: bitte die Erweiterung oder ihre Runtime aktualisieren.</translation>
    </message>
    <message>
        <source>The runtime at {url} does not accept the key: choose the sign-in with the right one in Settings &gt; Options &gt; TerraScope.</source>
        <translation>Die Runtime unter {url} nimmt den Schlüssel nicht an: bitte unter Einstellungen &gt; Optionen &gt; TerraScope die Anmeldung mit dem richtigen wählen.</translation>
    </message>
    <message>
        <source>The runtime at {url} does not know itself by that name: start it with “--host {host}”.</source>
        <translation>Die Runtime unter {url} kennt sich unter diesem Namen nicht: bitte mit „--host {host}“ starten.</translation>
    </message>
    <message>
        <source>The runtime at {url} speaks protocol {theirs}, the plugin {ours}: update whichever is older.</source>
        <translation>Die Runtime unter {url} spricht Protokoll {theirs}, die Erweiterung {ours}: bitte die ältere von beiden aktualisieren.</translation>
    </message>
    <message>
        <source>The runtime at {url} takes no scenes: start it there with “serve --remote”.</source>
        <translation>Die Runtime unter {url} nimmt keine Szenen an: bitte dort mit „serve --remote“ starten.</translation>
    </message>
    <message>
        <source>The runtime could not be looked at: see the log.</source>
        <translation>Die Runtime ließ sich nicht untersuchen: siehe Protokoll.</translation>
    </message>
    <message>
        <source>The runtime could not be started: see Details.</source>
        <translation>Die Runtime ließ sich nicht starten: siehe Details.</translation>
    </message>
    <message>
        <source>The runtime did not say where it listens: install it again.</source>
        <translation>Die Runtime hat nicht gesagt, wo sie lauscht: bitte erneut installieren.</translation>
    </message>
    <message>
        <source>The runtime did not start in two minutes: see Details, then ask again.</source>
        <translation>Die Runtime startete nicht innerhalb von zwei Minuten: siehe Details, dann erneut fragen.</translation>
    </message>
    <message>
        <source>The runtime does not answer {path} in JSON: install it again.</source>
        <translation>Die Runtime antwortet auf {path} nicht in JSON: bitte erneut installieren.</translation>
    </message>
    <message>
        <source>The runtime ended before it had done this (exit code {code}): see Details.</source>
        <translation>Die Runtime endete, bevor sie dies erledigt hatte (Exit-Code {code}): siehe Details.</translation>
    </message>
    <message>
        <source>The runtime ended before it was done (exit code {code}): see the log.</source>
        <translation>Die Runtime endete vorzeitig (Exit-Code {code}): siehe Protokoll.</translation>
    </message>
    <message>
        <source>The runtime ended before the model was taught (exit code {code}): see Details.</source>
        <translation>Die Runtime endete, bevor das Modell trainiert war (Exit-Code {code}): siehe Details.</translation>
    </message>
    <message>
        <source>The runtime ended while it was starting (exit code {code}): see Details.</source>
        <translation>Die Runtime endete während des Starts (Exit-Code {code}): siehe Details.</translation>
    </message>
    <message>
        <source>The runtime is busy: it is asked again in {seconds} s</source>
        <translation>Die Runtime ist beschäftigt: neuer Versuch in {seconds} s</translation>
    </message>
    <message>
        <source>The runtime refused the request (HTTP {status}): see the log.</source>
        <translation>Die Runtime wies die Anfrage ab (HTTP {status}): siehe Protokoll.</translation>
    </message>
    <message>
        <source>The runtime says something this plugin does not understand: update both.</source>
        <translation>Die Runtime sagt etwas, das diese Erweiterung nicht versteht: bitte beide aktualisieren.</translation>
    </message>
    <message>
        <source>The runtime speaks protocol {theirs}, the plugin {ours}: update whichever is older.</source>
        <translation>Die Runtime spricht Protokoll {theirs}, die Erweiterung {ours}: bitte die ältere von beiden aktualisieren.</translation>
    </message>
    <message>
        <source>The runtime stopped before it had answered; nothing was written. Ask again: it is started anew.</source>
        <translation>Die Runtime hielt an, bevor sie geantwortet hatte; nichts wurde geschrieben. Bitte erneut fragen: Sie wird neu gestartet.</translation>
    </message>
    <message>
        <source>The runtime was not looked at: try again.</source>
        <translation>Die Runtime wurde nicht untersucht: bitte erneut versuchen.</translation>
    </message>
    <message>
        <source>The runtime's Python at {path} does not start: {why}.</source>
        <translation>Das Python der Runtime unter {path} startet nicht: {why}.</translation>
    </message>
    <message>
        <source>The runtime's Python was not found at {path}: install it with Raster &gt; TerraScope &gt; Runtime….</source>
        <translation>Das Python der Runtime wurde unter {path} nicht gefunden: bitte über Raster &gt; TerraScope &gt; Runtime… installieren.</translation>
    </message>
    <message>
        <source>The scene that this was asked about ({scene}) is not there any more: choose another.</source>
        <translation>Die befragte Szene ({scene}) ist nicht mehr vorhanden: bitte eine andere wählen.</translation>
    </message>
    <message>
        <source>The sign-in could not be read from QGIS's password store: unlock it, or choose another sign-in.</source>
        <translation>Die Anmeldung ließ sich nicht aus dem Kennwortspeicher von QGIS lesen: bitte entsperren oder eine andere Anmeldung wählen.</translation>
    </message>
    <message>
        <source>The sign-in “{name}” holds no access key: choose one of the kind “Basic” with the key as its password.</source>
        <translation>Die Anmeldung „{name}“ enthält keinen Zugangsschlüssel: bitte eine vom Typ „Basic“ mit dem Schlüssel als Kennwort wählen.</translation>
    </message>
    <message>
        <source>The tunnel at {url} gives no answer: is the runtime running at its other end? Nothing was written.</source>
        <translation>Der Tunnel unter {url} antwortet nicht: Läuft die Runtime am anderen Ende? Nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>There are no wheels (*.whl) in {folder}.</source>
        <translation>In {folder} sind keine Wheels (*.whl).</translation>
    </message>
    <message>
        <source>There are {given} days for {count} date(s): give one day for each date.</source>
        <translation>{given} Tage für {count} Zeitpunkt(e): bitte je Zeitpunkt einen Tag angeben.</translation>
    </message>
    <message>
        <source>There is no Python at {path}.</source>
        <translation>Unter {path} gibt es kein Python.</translation>
    </message>
    <message>
        <source>There is no polygon.</source>
        <translation>Es gibt kein Polygon.</translation>
    </message>
    <message>
        <source>There is no question yet: write one, or pick an example.</source>
        <translation>Noch keine Frage vorhanden: bitte eine eingeben oder ein Beispiel wählen.</translation>
    </message>
    <message>
        <source>There is no scene yet: add a raster layer and choose it.</source>
        <translation>Noch keine Szene vorhanden: bitte einen Rasterlayer hinzufügen und wählen.</translation>
    </message>
    <message>
        <source>There is nothing at {path}: choose the file or folder again.</source>
        <translation>Unter {path} gibt es nichts: bitte Datei oder Ordner erneut wählen.</translation>
    </message>
    <message>
        <source>To image</source>
        <translation>Zu Bild</translation>
    </message>
    <message>
        <source>To step</source>
        <translation>Zu Schritt</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Touching</source>
        <translation>Berührung</translation>
    </message>
    <message>
        <source>Trying it out</source>
        <translation>Probelauf</translation>
    </message>
    <message>
        <source>Unpacking packages</source>
        <translation>Entpacken der Pakete</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>Version {version}, computes on {device}, takes files of up to {limit}</source>
        <translation>Version {version}, rechnet auf {device}, nimmt Dateien bis {limit} an</translation>
    </message>
    <message>
        <source>Visual tokens</source>
        <translation>Visuelle Token</translation>
    </message>
    <message>
        <source>Waiting for {count} other question(s)</source>
        <translation>Warten auf {count} andere Frage(n)</translation>
    </message>
    <message>
        <source>Weights in memory</source>
        <translation>Gewichte im Speicher</translation>
    </message>
    <message>
        <source>Weights in memory (empty: as in the settings)</source>
        <translation>Gewichte im Speicher (leer: wie in den Einstellungen)</translation>
    </message>
    <message>
        <source>What answers at {url} is no TerraScope runtime: check the address and the port.</source>
        <translation>Was unter {url} antwortet, ist keine TerraScope-Runtime: bitte Adresse und Port prüfen.</translation>
    </message>
    <message>
        <source>What clouds hide, where there is no SAR</source>
        <translation>Was Wolken verdecken, wo kein SAR vorhanden ist</translation>
    </message>
    <message>
        <source>What listens at {url} speaks no HTTPS: check the address and the port.</source>
        <translation>Was unter {url} lauscht, spricht kein HTTPS: bitte Adresse und Port prüfen.</translation>
    </message>
    <message>
        <source>What the model says</source>
        <translation>Was das Modell sagt</translation>
    </message>
    <message>
        <source>With {bands}</source>
        <translation>Mit {bands}</translation>
    </message>
    <message>
        <source>a certificate was not accepted. Your network probably looks into encrypted connections: ask its administrator for the certificate and name its file in the environment variable SSL_CERT_FILE (and PIP_CERT), or install from a folder of wheels.</source>
        <translation>ein Zertifikat wurde nicht angenommen. Ihr Netzwerk sieht vermutlich in verschlüsselte Verbindungen: bitte das Zertifikat beim Administrator erfragen und seine Datei in der Umgebungsvariable SSL_CERT_FILE (und PIP_CERT) angeben oder aus einem Ordner mit Wheels installieren.</translation>
    </message>
    <message>
        <source>a file was in use, often by an anti-virus program. Wait a moment and try again; if it comes back, except the folder terrascope/runtime of your QGIS profile from the scan.</source>
        <translation>eine Datei war in Benutzung, oft durch einen Virenscanner. Bitte einen Moment warten und erneut versuchen; tritt es wieder auf, den Ordner terrascope/runtime Ihres QGIS-Profils von der Prüfung ausnehmen.</translation>
    </message>
    <message>
        <source>a package has no file for this system and this Python. Look into the log for its name; in a folder of wheels it is missing, else install Python 3.12 and try again.</source>
        <translation>ein Paket hat keine Datei für dieses System und dieses Python. Sein Name steht im Protokoll; bei einem Ordner mit Wheels fehlt es darin, sonst bitte Python 3.12 installieren und erneut versuchen.</translation>
    </message>
    <message>
        <source>a package is not the one that was published. Try again; if it comes back, your package index or proxy changes files: tell its administrator.</source>
        <translation>ein Paket ist nicht das veröffentlichte. Bitte erneut versuchen; tritt es wieder auf, verändert Ihr Paketindex oder Proxy Dateien: bitte dem Administrator melden.</translation>
    </message>
    <message>
        <source>a system library is missing. On Windows install the Microsoft Visual C++ Redistributable (x64); on Linux a newer system (glibc 2.28 or later) is needed.</source>
        <translation>eine Systembibliothek fehlt. Unter Windows bitte Microsoft Visual C++ Redistributable (x64) installieren; unter Linux ist ein neueres System nötig (glibc 2.28 oder neuer).</translation>
    </message>
    <message>
        <source>as it has it</source>
        <translation>wie dort vorhanden</translation>
    </message>
    <message>
        <source>as the cloud layer tells</source>
        <translation>laut Wolkenlayer</translation>
    </message>
    <message>
        <source>as the model sees them</source>
        <translation>wie das Modell sie sieht</translation>
    </message>
    <message>
        <source>bf16: two bytes a weight, as published</source>
        <translation>bf16: zwei Byte je Gewicht, wie veröffentlicht</translation>
    </message>
    <message>
        <source>centres {distance}</source>
        <translation>Zentroide {distance}</translation>
    </message>
    <message>
        <source>change: gained</source>
        <translation>Änderung: Zuwachs</translation>
    </message>
    <message>
        <source>change: lost</source>
        <translation>Änderung: Verlust</translation>
    </message>
    <message>
        <source>corrected by hand</source>
        <translation>von Hand korrigiert</translation>
    </message>
    <message>
        <source>distances</source>
        <translation>Abstände</translation>
    </message>
    <message>
        <source>ellipsoid {name}</source>
        <translation>Ellipsoid {name}</translation>
    </message>
    <message>
        <source>examples: outlines</source>
        <translation>Beispiele: Umrisse</translation>
    </message>
    <message>
        <source>examples: points</source>
        <translation>Beispiele: Punkte</translation>
    </message>
    <message>
        <source>fair</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>fairly sure ({score})</source>
        <translation>ziemlich sicher ({score})</translation>
    </message>
    <message>
        <source>files may not be written there. Give yourself the right to write into your QGIS profile.</source>
        <translation>dort dürfen keine Dateien geschrieben werden. Geben Sie sich das Schreibrecht für Ihr QGIS-Profil.</translation>
    </message>
    <message>
        <source>fp32: four bytes a weight, exact</source>
        <translation>fp32: vier Byte je Gewicht, exakt</translation>
    </message>
    <message>
        <source>fp8: one byte a weight, newer NVIDIA GPU only</source>
        <translation>fp8: ein Byte je Gewicht, nur neuere NVIDIA-GPU</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>http to {host} would send your scenes and the key unprotected: use https, or http://127.0.0.1:port with an SSH tunnel.</source>
        <translation>http zu {host} würde Ihre Szenen und den Schlüssel ungeschützt senden: bitte https verwenden oder http://127.0.0.1:port mit einem SSH-Tunnel.</translation>
    </message>
    <message>
        <source>image {number}</source>
        <translation>Bild {number}</translation>
    </message>
    <message>
        <source>incomplete</source>
        <translation>unvollständig</translation>
    </message>
    <message>
        <source>int4: half a byte a weight, NVIDIA GPU only</source>
        <translation>int4: ein halbes Byte je Gewicht, nur NVIDIA-GPU</translation>
    </message>
    <message>
        <source>int8: one byte a weight</source>
        <translation>int8: ein Byte je Gewicht</translation>
    </message>
    <message>
        <source>it is here</source>
        <translation>hier ist es</translation>
    </message>
    <message>
        <source>it is not here</source>
        <translation>hier ist es nicht</translation>
    </message>
    <message>
        <source>measured {figure}</source>
        <translation>gemessen {figure}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>not fetched</source>
        <translation>nicht heruntergeladen</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>nichts gefunden</translation>
    </message>
    <message>
        <source>nothing left</source>
        <translation>nichts übrig</translation>
    </message>
    <message>
        <source>on this machine</source>
        <translation>auf diesem Rechner</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>schlecht</translation>
    </message>
    <message>
        <source>read from optical or SAR</source>
        <translation>aus optischem Bild oder SAR gelesen</translation>
    </message>
    <message>
        <source>regions</source>
        <translation>Regionen</translation>
    </message>
    <message>
        <source>scenes</source>
        <translation>Szenen</translation>
    </message>
    <message>
        <source>see the log. “Copy diagnostics” has what a report needs.</source>
        <translation>siehe Protokoll. „Diagnose kopieren“ liefert, was für eine Fehlermeldung nötig ist.</translation>
    </message>
    <message>
        <source>sure ({score})</source>
        <translation>sicher ({score})</translation>
    </message>
    <message>
        <source>taught from {base}</source>
        <translation>trainiert aus {base}</translation>
    </message>
    <message>
        <source>the disk is full. Free some space and try again; what has been fetched is kept.</source>
        <translation>der Datenträger ist voll. Bitte Platz schaffen und erneut versuchen; bereits Heruntergeladenes bleibt erhalten.</translation>
    </message>
    <message>
        <source>the package index could not be reached. Check the network (and the proxy under Settings &gt; Options &gt; Network), then try again; what has been fetched is kept. Without a network: “Other ways”, a folder of wheels.</source>
        <translation>der Paketindex war nicht erreichbar. Bitte das Netzwerk (und den Proxy unter Einstellungen &gt; Optionen &gt; Netzwerk) prüfen und erneut versuchen; bereits Heruntergeladenes bleibt erhalten. Ohne Netzwerk: „Andere Wege“, ein Ordner mit Wheels.</translation>
    </message>
    <message>
        <source>the package index has no CUDA build for Windows: name PyTorch's index for {build} under “Other ways”. Until then the processor computes.</source>
        <translation>der Paketindex hat keinen CUDA-Build für Windows: bitte den PyTorch-Index für {build} unter „Andere Wege“ angeben. Bis dahin rechnet der Prozessor.</translation>
    </message>
    <message>
        <source>the proxy did not let us through. Look at Settings &gt; Options &gt; Network in QGIS: address, user and password.</source>
        <translation>der Proxy hat keinen Zugang gewährt. Bitte Einstellungen &gt; Optionen &gt; Netzwerk in QGIS prüfen: Adresse, Benutzer und Kennwort.</translation>
    </message>
    <message>
        <source>the words of the answer are the model's, from before.</source>
        <translation>der Wortlaut der Antwort ist der des Modells von vorher.</translation>
    </message>
    <message>
        <source>this Python cannot make environments. On Debian and Ubuntu: apt install python3-venv; elsewhere install Python 3.12 or uv, then try again.</source>
        <translation>dieses Python kann keine Umgebungen anlegen. Unter Debian und Ubuntu: apt install python3-venv; sonst bitte Python 3.12 oder uv installieren und erneut versuchen.</translation>
    </message>
    <message>
        <source>too old for the CUDA build that the package index has (it needs 580 or newer): update the driver, or name an index of other builds under “Other ways”. Until then the processor computes.</source>
        <translation>zu alt für den CUDA-Build des Paketindex (580 oder neuer nötig): bitte den Treiber aktualisieren oder einen Index anderer Builds unter „Andere Wege“ angeben. Bis dahin rechnet der Prozessor.</translation>
    </message>
    <message>
        <source>touching</source>
        <translation>berühren sich</translation>
    </message>
    <message>
        <source>touching along {distance}</source>
        <translation>berühren sich auf {distance}</translation>
    </message>
    <message>
        <source>unchanged {area}</source>
        <translation>unverändert {area}</translation>
    </message>
    <message>
        <source>unsure ({score})</source>
        <translation>unsicher ({score})</translation>
    </message>
    <message>
        <source>uv cannot be had: going on with pip.</source>
        <translation>uv ist nicht verfügbar: weiter mit pip.</translation>
    </message>
    <message>
        <source>uv could not: trying with pip.</source>
        <translation>uv ist gescheitert: Versuch mit pip.</translation>
    </message>
    <message>
        <source>with the plugin</source>
        <translation>mit der Erweiterung</translation>
    </message>
    <message>
        <source>{area} of the scene in {crs} were looked at.</source>
        <translation>{area} der Szene in {crs} wurden betrachtet.</translation>
    </message>
    <message>
        <source>{bands}, on places it was not trained on</source>
        <translation>{bands}, an Orten, mit denen es nicht trainiert wurde</translation>
    </message>
    <message>
        <source>{columns} × {rows} pixels of {x} × {y} m</source>
        <translation>{columns} × {rows} Pixel zu {x} × {y} m</translation>
    </message>
    <message>
        <source>{count} dates are more than can be asked about at once: choose up to {most}.</source>
        <translation>{count} Zeitpunkte sind mehr, als auf einmal befragt werden können: bitte höchstens {most} wählen.</translation>
    </message>
    <message>
        <source>{count} examples</source>
        <translation>{count} Beispiele</translation>
    </message>
    <message>
        <source>{count} examples are enough: take some back first.</source>
        <translation>{count} Beispiele genügen: bitte zuerst einige zurücknehmen.</translation>
    </message>
    <message>
        <source>{count} polygons are selected: select up to {most}.</source>
        <translation>{count} Polygone sind gewählt: bitte höchstens {most} wählen.</translation>
    </message>
    <message>
        <source>{distance} apart</source>
        <translation>{distance} auseinander</translation>
    </message>
    <message>
        <source>{done} of {count} packages</source>
        <translation>{done} von {count} Paketen</translation>
    </message>
    <message>
        <source>{figures}: no change that can be told from noise</source>
        <translation>{figures}: keine Veränderung, die sich von Rauschen unterscheiden lässt</translation>
    </message>
    <message>
        <source>{images} come from (empty: as names and metadata tell)</source>
        <translation>{images} stammen von (leer: laut Namen und Metadaten)</translation>
    </message>
    <message>
        <source>{layer} cannot be opened.</source>
        <translation>{layer} lässt sich nicht öffnen.</translation>
    </message>
    <message>
        <source>{name} cannot be read: check that it is there and that you may read it.</source>
        <translation>{name} ist nicht lesbar: bitte prüfen, ob es vorhanden ist und Sie es lesen dürfen.</translation>
    </message>
    <message>
        <source>{name} cannot be read: it is gone, or another program holds it; the answer itself is complete.</source>
        <translation>{name} kann nicht gelesen werden: Die Datei ist fort, oder ein anderes Programm hält sie; die Antwort selbst ist vollständig.</translation>
    </message>
    <message>
        <source>{name} cannot be written ({why}): choose another place.</source>
        <translation>{name} kann nicht geschrieben werden ({why}): bitte einen anderen Speicherort wählen.</translation>
    </message>
    <message>
        <source>{name} cannot be written now: it is as it was. Save the layer again.</source>
        <translation>{name} kann gerade nicht geschrieben werden: Es ist, wie es war. Bitte den Layer erneut speichern.</translation>
    </message>
    <message>
        <source>{name} cannot be written to {folder}: check the disk and its permissions.</source>
        <translation>{name} kann nicht nach {folder} geschrieben werden: bitte Datenträger und Zugriffsrechte prüfen.</translation>
    </message>
    <message>
        <source>{name} cannot be written: choose another place.</source>
        <translation>{name} kann nicht geschrieben werden: bitte einen anderen Speicherort wählen.</translation>
    </message>
    <message>
        <source>{name} changed while it was sent: wait until it is written, and ask again.</source>
        <translation>{name} hat sich beim Senden geändert: bitte warten, bis es fertig geschrieben ist, und erneut fragen.</translation>
    </message>
    <message>
        <source>{name} has {given} layers for {count} further dates: give one for each, in the same order.</source>
        <translation>{name} hat {given} Layer für {count} weitere Zeitpunkte: bitte je einen angeben, in derselben Reihenfolge.</translation>
    </message>
    <message>
        <source>{name} has {size}, and the remote runtime takes files of up to {limit}: save the part you ask about as a GeoTIFF (Export &gt; Save As).</source>
        <translation>{name} hat {size}, und die Remote-Runtime nimmt Dateien bis {limit} an: bitte den befragten Teil als GeoTIFF speichern (Exportieren &gt; Speichern als).</translation>
    </message>
    <message>
        <source>{name} is chosen twice: choose another file for each image.</source>
        <translation>{name} ist doppelt gewählt: bitte für jedes Bild eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>{name} is no report of TerraScope, or it cannot be read now: try again.</source>
        <translation>{name} ist kein Bericht von TerraScope oder gerade nicht lesbar: bitte erneut versuchen.</translation>
    </message>
    <message>
        <source>{name} is no report of TerraScope, or it is damaged: choose a GeoPackage of an answer.</source>
        <translation>{name} ist kein Bericht von TerraScope oder beschädigt: bitte das GeoPackage einer Antwort wählen.</translation>
    </message>
    <message>
        <source>{name} is no report of a batch: choose another file.</source>
        <translation>{name} ist kein Bericht eines Stapels: bitte eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>{name} is not on that machine: choose another one, or fetch it there.</source>
        <translation>{name} ist nicht auf jenem Rechner: bitte ein anderes wählen oder es dort herunterladen.</translation>
    </message>
    <message>
        <source>{name} is not one raster file, and a remote runtime is sent nothing else: build one file of its bands (Raster &gt; Miscellaneous) and ask about that.</source>
        <translation>{name} ist keine einzelne Rasterdatei, und nur solche werden an eine Remote-Runtime gesendet: bitte aus den Kanälen eine Datei bilden (Raster &gt; Sonstiges) und diese befragen.</translation>
    </message>
    <message>
        <source>{name} is not one raster file, and a remote runtime is sent nothing else: save it as a GeoTIFF (Export &gt; Save As) and ask about that.</source>
        <translation>{name} ist keine einzelne Rasterdatei, und nur solche werden an eine Remote-Runtime gesendet: bitte als GeoTIFF speichern (Exportieren &gt; Speichern als) und dieses befragen.</translation>
    </message>
    <message>
        <source>{name} is not there any more: choose another report.</source>
        <translation>{name} ist nicht mehr vorhanden: bitte einen anderen Bericht wählen.</translation>
    </message>
    <message>
        <source>{name} is open in QGIS or another program: close it there or choose another name.</source>
        <translation>{name} ist in QGIS oder einem anderen Programm geöffnet: bitte dort schließen oder einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>{name} is there already: choose another name for the report.</source>
        <translation>{name} ist bereits vorhanden: bitte einen anderen Namen für den Bericht wählen.</translation>
    </message>
    <message>
        <source>{name} with driver {driver}: </source>
        <translation>{name} mit Treiber {driver}: </translation>
    </message>
    <message>
        <source>{name}, on that machine</source>
        <translation>{name}, auf jenem Rechner</translation>
    </message>
    <message>
        <source>{path} does not work as a Python: see the log.</source>
        <translation>{path} funktioniert nicht als Python: siehe Protokoll.</translation>
    </message>
    <message>
        <source>{path} is Python {version}; the runtime needs 3.11, 3.12 or 3.13.</source>
        <translation>{path} ist Python {version}; die Runtime benötigt 3.11, 3.12 oder 3.13.</translation>
    </message>
    <message>
        <source>{path} is missing or damaged: install the plugin again.</source>
        <translation>{path} fehlt oder ist beschädigt: bitte die Erweiterung erneut installieren.</translation>
    </message>
    <message>
        <source>{path} lacks {count} of the runtime's packages: {names}.</source>
        <translation>In {path} fehlen {count} der Pakete der Runtime: {names}.</translation>
    </message>
    <message>
        <source>{phrase}: {examples}</source>
        <translation>{phrase}: {examples}</translation>
    </message>
    <message>
        <source>{region}: nothing found</source>
        <translation>{region}: nichts gefunden</translation>
    </message>
    <message>
        <source>{region}: {area}. Point to light it up on the map, click to go there</source>
        <translation>{region}: {area}. Darauf zeigen hebt sie auf der Karte hervor, Klicken führt dorthin</translation>
    </message>
    <message>
        <source>{resolution}, {width} × {height} pixels</source>
        <translation>{resolution}, {width} × {height} Pixel</translation>
    </message>
    <message>
        <source>{scene}: SAR (radar)</source>
        <translation>{scene}: SAR (Radar)</translation>
    </message>
    <message>
        <source>{scene}: cloud layer (SCL, QA_PIXEL or a mask)</source>
        <translation>{scene}: Wolkenlayer (SCL, QA_PIXEL oder eine Maske)</translation>
    </message>
    <message>
        <source>{scene}: folder of SAR bands instead</source>
        <translation>{scene}: stattdessen Ordner mit SAR-Kanälen</translation>
    </message>
    <message>
        <source>{scene}: folder of bands instead (SAFE, Landsat)</source>
        <translation>{scene}: stattdessen Ordner mit Kanälen (SAFE, Landsat)</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{share} of its tokens from SAR</source>
        <translation>{share} der Token aus SAR</translation>
    </message>
    <message>
        <source>{size} B</source>
        <translation>{size} B</translation>
    </message>
    <message>
        <source>{size} GB</source>
        <translation>{size} GB</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
    <message>
        <source>{size} as {tier} ✓</source>
        <translation>{size} als {tier} ✓</translation>
    </message>
    <message>
        <source>{size} as {tier}, not free here</source>
        <translation>{size} als {tier}, hier nicht frei</translation>
    </message>
    <message>
        <source>{size} kB</source>
        <translation>{size} kB</translation>
    </message>
    <message>
        <source>{step} failed: uv, which fetches it, could not be installed; see the log.</source>
        <translation>{step} fehlgeschlagen: uv, das dafür nötig ist, ließ sich nicht installieren; siehe Protokoll.</translation>
    </message>
    <message>
        <source>{step} failed: {free} are free in {folder}, and about {needed} are needed.</source>
        <translation>{step} fehlgeschlagen: {free} sind in {folder} frei, etwa {needed} werden benötigt.</translation>
    </message>
    <message>
        <source>{step} failed: {why}</source>
        <translation>{step} fehlgeschlagen: {why}</translation>
    </message>
    <message>
        <source>{text} lacks the port of the tunnel: write http://127.0.0.1:8437.</source>
        <translation>In {text} fehlt der Port des Tunnels: bitte http://127.0.0.1:8437 schreiben.</translation>
    </message>
    <message>
        <source>{url} does not answer: check that the machine is on and can be reached.</source>
        <translation>{url} antwortet nicht: bitte prüfen, ob der Rechner läuft und erreichbar ist.</translation>
    </message>
    <message>
        <source>{value} points</source>
        <translation>{value} Prozentpunkte</translation>
    </message>
    <message>
        <source>– not measured</source>
        <translation>– nicht gemessen</translation>
    </message>
    <message>
        <source>“{layer}” ({provider}) was captured at {size}, in {crs}.</source>
        <translation>„{layer}“ ({provider}) wurde mit {size} in {crs} erfasst.</translation>
    </message>
    <message>
        <source>“{part}” does not name a class: write the names like 1=water; 2=heath.</source>
        <translation>„{part}“ benennt keine Klasse: bitte die Namen wie 1=water; 2=heath schreiben.</translation>
    </message>
    <message>
        <source>“{text}” is no address of a remote runtime: write https://host:port, or http://127.0.0.1:port for an SSH tunnel.</source>
        <translation>„{text}“ ist keine Adresse einer Remote-Runtime: bitte https://host:port schreiben oder http://127.0.0.1:port für einen SSH-Tunnel.</translation>
    </message>
    <message>
        <source>“{text}” is not a day: write it like 2017-06-04.</source>
        <translation>„{text}“ ist kein Tag: bitte wie 2017-06-04 schreiben.</translation>
    </message>
    <message>
        <source>… and {count} more, in the GeoPackage</source>
        <translation>… und {count} weitere, im GeoPackage</translation>
    </message>
</context>
<context>
    <name>TerraScopeDock</name>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation>Abgebrochen; nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>Waiting for {count} other question(s)</source>
        <translation>Warten auf {count} andere Frage(n)</translation>
    </message>
</context>
<context>
    <name>TerraScopeProvider</name>
    <message>
        <source>TerraScope: questions about Earth-observation scenes</source>
        <translation>TerraScope: Fragen zu Erdbeobachtungsszenen</translation>
    </message>
</context>
<context>
    <name>ZonalAnswersAlgorithm</name>
    <message>
        <source>All evidence</source>
        <translation>Alle Belege</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Ask about each polygon</source>
        <translation>Jedes Polygon befragen</translation>
    </message>
    <message>
        <source>Asks a question about the ground of each polygon of a layer, and joins the answers and the hectares to a copy of the layer.

Scene, SAR: as in “Ask about a scene”. A layer that is no file is captured as far as the polygons reach. Polygons: any polygon layer, in any coordinate system.
Question: an expression that is worked out for each polygon. Words stand in single quotes; fields can be put between them, like 'How many hectares of ' || "cover" || ' are there?'.
Regions to measure: the name of the regions whose area is wanted, like water; the areas of all regions of that name are added up. If empty, it is the first region of the answer.

Output: the polygons with their fields, and question, answer, phrase (name of the region), area_ha, coverage_pct (of what the scene shows there), score (the model's own, 0 to 1), regions (all, with their hectares), status and reason. status is answered; skipped, for a polygon that does not meet the scene or has no ground; or failed. The fields of what was not answered are empty (NULL), and reason says why; the other polygons are asked all the same. area_ha is empty where no region was marked.
All evidence: one report with the masks of all polygons (needs the runtime of this machine).
ANSWERED and FAILED count the polygons; those that were skipped count as failed.

A polygon of a few pixels shows the model little: look at the masks before you rely on a figure.</source>
        <translation>Stellt eine Frage zum Gebiet jedes Polygons eines Layers und fügt Antworten und Flächen in Hektar an eine Kopie des Layers an.

Szene, SAR: wie bei „Szene befragen“. Ein Layer, der keine Datei ist, wird so weit erfasst, wie die Polygone reichen. Polygone: ein beliebiger Polygonlayer in einem beliebigen Koordinatensystem.
Frage: ein Ausdruck, der für jedes Polygon ausgewertet wird. Wörter stehen in einfachen Anführungszeichen; dazwischen können Felder stehen, etwa 'How many hectares of ' || "cover" || ' are there?'.
Zu messende Regionen: der Name der Regionen, deren Fläche gesucht ist, etwa water; die Flächen aller Regionen dieses Namens werden addiert. Wenn leer, die erste Region der Antwort.

Ausgabe: die Polygone mit ihren Feldern sowie question, answer, phrase (Name der Region), area_ha, coverage_pct (von dem, was die Szene dort zeigt), score (der des Modells, 0 bis 1), regions (alle, mit Hektarangabe), status und reason. status ist answered; skipped bei einem Polygon, das die Szene nicht trifft oder keine Fläche hat; oder failed. Die Felder des nicht Beantworteten sind leer (NULL), und reason nennt den Grund; die anderen Polygone werden trotzdem befragt. area_ha ist leer, wo keine Region markiert wurde.
Alle Belege: ein Bericht mit den Masken aller Polygone (benötigt die Runtime dieses Rechners).
ANSWERED und FAILED zählen die Polygone; übersprungene zählen als fehlgeschlagen.

Ein Polygon von wenigen Pixeln zeigt dem Modell wenig: Betrachten Sie die Masken, bevor Sie sich auf eine Zahl verlassen.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Polygons</source>
        <translation>Polygone</translation>
    </message>
    <message>
        <source>Polygons answered</source>
        <translation>Beantwortete Polygone</translation>
    </message>
    <message>
        <source>Polygons without an answer</source>
        <translation>Polygone ohne Antwort</translation>
    </message>
    <message>
        <source>Question (an expression)</source>
        <translation>Frage (ein Ausdruck)</translation>
    </message>
    <message>
        <source>Regions to measure (empty: the first of the answer)</source>
        <translation>Zu messende Regionen (leer: die erste der Antwort)</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Szene</translation>
    </message>
    <message>
        <source>The question is an expression: put its words into single quotes, like 'How much water is there?'.</source>
        <translation>Die Frage ist ein Ausdruck: bitte ihre Wörter in einfache Anführungszeichen setzen, etwa 'How much water is there?'.</translation>
    </message>
    <message>
        <source>The question of polygon {number} cannot be worked out: {why}.</source>
        <translation>Die Frage von Polygon {number} lässt sich nicht auswerten: {why}.</translation>
    </message>
    <message>
        <source>question,answer,zonal,statistics,polygon,parcel,field,district,area,hectares,join,segmentation,AI</source>
        <translation>Frage,Antwort,zonal,Statistik,Polygon,Parzelle,Feld,Bezirk,Fläche,Hektar,Verknüpfung,Segmentierung,KI</translation>
    </message>
    <message>
        <source>{name} is there already: choose another name for the evidence.</source>
        <translation>{name} ist bereits vorhanden: bitte einen anderen Namen für die Belege wählen.</translation>
    </message>
</context>
</TS>
