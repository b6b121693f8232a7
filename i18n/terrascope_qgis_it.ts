<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="it">
<context>
    <name>ActionBar</name>
    <message>
        <source>More</source>
        <translation>Altro</translation>
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
        <translation>Risponde a parole a una domanda su una scena e mostra le evidenze: ogni regione di cui parla il ragionamento diventa un layer di poligoni, misurato in ettari sulla griglia e sull'ellissoide del raster; le regioni legate tra loro sono unite dalla loro distanza in metri.

Scena: un file raster con un sistema di riferimento delle coordinate, o una cartella di bande (SAFE, Landsat). SAR: una scena radar dello stesso luogo e della stessa data; vede attraverso le nuvole. Il solo radar si indica come scena, oppure come SAR senza scena.
Altre date: scene dello stesso luogo, fino a otto date in tutto, nell'ordine dei giorni; i giorni sono quelli dei metadati e dei nomi, se non sono indicati. Estensione: esaminare solo questa parte.
Risultato: un GeoPackage con i layer e il resoconto dell'esecuzione; lo stesso resoconto in JSON si trova accanto (REPORT). ANSWER è la risposta; AREA_HA l'area della prima regione trovata dal ragionamento (0 se non ne ha trovata nessuna).

Il runtime si avvia quando serve per la prima volta. Il modello incluso è piccolo: leggi nel log la riga sulla sua qualità e guarda le maschere prima di fidarti di un valore.</translation>
    </message>
    <message>
        <source>Area of the first region (ha)</source>
        <translation>Area della prima regione (ha)</translation>
    </message>
    <message>
        <source>Ask about a scene</source>
        <translation>Interroga una scena</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Domanda</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Scena</translation>
    </message>
    <message>
        <source>question,answer,language model,segmentation,area,hectares,distance,water,forest,radar,SAR,time series,AI</source>
        <translation>domanda,risposta,modello linguistico,segmentazione,area,ettari,distanza,acqua,foresta,radar,SAR,serie temporale,IA</translation>
    </message>
</context>
<context>
    <name>AskBatchAlgorithm</name>
    <message>
        <source>A batch is done by the runtime of this machine: take the remote one out in Settings &gt; Options &gt; TerraScope, or run the batch where it is.</source>
        <translation>L'elaborazione in serie è eseguita dal runtime di questo computer: togli quello remoto in Impostazioni &gt; Opzioni &gt; TerraScope, oppure esegui la serie dove si trova.</translation>
    </message>
    <message>
        <source>Ask about many scenes</source>
        <translation>Interroga molte scene</translation>
    </message>
    <message>
        <source>Asks each question about each scene, and collects the answers and the evidence in one GeoPackage.

Give the scenes in one of three ways. Scenes: raster layers or files, also layers that are no files. Folder: all rasters and product folders (SAFE, Landsat) in it, or those whose names fit the pattern. Table: a CSV with some of the columns scene, sar, dates, clouds, question, name (paths relative to it; several dates of one scene told apart by semicolons), or STAC items whose files are here.
Questions: one in each line, asked about every scene; those of a table come besides its own.
Go on with the report: only what is missing in a report that is there is asked, for instance after the batch was cancelled. Extent: look at this part of every scene. Processes: each has the model in its memory.

Output: the report, whose tables docs/report_schema.md tells, and a summary of all its questions: scene, question, answer, phrase (name of the first region), area_ha, coverage_pct, score, regions (all, with their hectares), status (answered or failed) and reason. A scene that cannot be used does not end the batch: it is listed with its reason. ANSWERED and FAILED count the questions.

A batch is done by the runtime of this machine. When it is cancelled the report keeps what was answered.</source>
        <translation>Pone ogni domanda su ogni scena e raccoglie le risposte e le evidenze in un solo GeoPackage.

Le scene si indicano in uno di tre modi. Scene: layer o file raster, anche layer che non sono file. Cartella: tutti i raster e le cartelle di prodotti (SAFE, Landsat) che contiene, o quelli il cui nome corrisponde allo schema. Tabella: un CSV con alcune delle colonne scene, sar, dates, clouds, question, name (percorsi relativi alla tabella; più date di una scena separate da punti e virgola), o elementi STAC i cui file sono qui.
Domande: una per riga, poste su ogni scena; quelle di una tabella si aggiungono.
Continua il report: si chiede solo ciò che manca in un report esistente, per esempio dopo che l'elaborazione è stata annullata. Estensione: esaminare questa parte di ogni scena. Processi: ognuno ha il modello nella propria memoria.

Risultato: il report, le cui tabelle sono descritte in docs/report_schema.md, e un riepilogo di tutte le sue domande: scene, question, answer, phrase (nome della prima regione), area_ha, coverage_pct, score, regions (tutte, con i loro ettari), status (answered o failed) e reason. Una scena inutilizzabile non interrompe la serie: è elencata con il motivo. ANSWERED e FAILED contano le domande.

L'elaborazione in serie è eseguita dal runtime di questo computer. Se viene annullata, il report conserva le risposte già date.</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Go on with the report that is there</source>
        <translation>Continua il report esistente</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Processi</translation>
    </message>
    <message>
        <source>Questions answered</source>
        <translation>Domande con risposta</translation>
    </message>
    <message>
        <source>Questions without an answer</source>
        <translation>Domande senza risposta</translation>
    </message>
    <message>
        <source>Questions, one in each line</source>
        <translation>Domande, una per riga</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Riepilogo</translation>
    </message>
    <message>
        <source>There is no question yet: write one in each line.</source>
        <translation>Non c'è ancora nessuna domanda: scrivine una per riga.</translation>
    </message>
    <message>
        <source>question,answer,batch,many,archive,folder,table,CSV,STAC,time series,report,area,hectares,segmentation,AI</source>
        <translation>domanda,risposta,serie,molte,archivio,cartella,tabella,CSV,STAC,serie temporale,report,area,ettari,segmentazione,IA</translation>
    </message>
    <message>
        <source>{name} is there already: go on with it, or choose another name for the report.</source>
        <translation>{name} esiste già: continua questo report oppure scegli un altro nome.</translation>
    </message>
</context>
<context>
    <name>AskPanel</name>
    <message>
        <source>Ask</source>
        <translation>Chiedi</translation>
    </message>
    <message>
        <source>Ask (Ctrl+Enter)</source>
        <translation>Chiedi (Ctrl+Invio)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Cancel (Esc)</source>
        <translation>Annulla (Esc)</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>Cattura</translation>
    </message>
    <message>
        <source>Choose, fetch, check and delete models</source>
        <translation>Scegli, scarica, verifica ed elimina modelli</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Estensione</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modello</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelli…</translation>
    </message>
    <message>
        <source>The question still has a gap: put something in the place of {gaps}.</source>
        <translation>La domanda ha ancora un vuoto: metti qualcosa al posto di {gaps}.</translation>
    </message>
</context>
<context>
    <name>BandGroup</name>
    <message>
        <source>As found</source>
        <translation>Predefinito</translation>
    </message>
    <message>
        <source>Band of {role}</source>
        <translation>Banda di {role}</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>Bande</translation>
    </message>
    <message>
        <source>Bands (chosen)</source>
        <translation>Bande (scelte)</translation>
    </message>
    <message>
        <source>Bands: choose the band of VV or of VH.</source>
        <translation>Bande: scegli la banda di VV o di VH.</translation>
    </message>
    <message>
        <source>Bands: red, green and blue are all needed; choose a band for each.</source>
        <translation>Bande: rosso, verde e blu servono tutti e tre; scegli una banda per ciascuno.</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blu</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Verde</translation>
    </message>
    <message>
        <source>Leave it to what names and metadata tell</source>
        <translation>Segui ciò che indicano nomi e metadati</translation>
    </message>
    <message>
        <source>NIR</source>
        <translation>NIR</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rosso</translation>
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
        <translation>nessuna</translation>
    </message>
</context>
<context>
    <name>BenchmarkAlgorithm</name>
    <message>
        <source>A benchmark is run by the runtime of this machine: take the remote one out in Settings &gt; Options &gt; TerraScope.</source>
        <translation>Il benchmark è eseguito dal runtime di questo computer: togli quello remoto in Impostazioni &gt; Opzioni &gt; TerraScope.</translation>
    </message>
    <message>
        <source>Accuracy, mean over tasks (%)</source>
        <translation>Accuratezza, media delle attività (%)</translation>
    </message>
    <message>
        <source>Accuracy, over questions (%)</source>
        <translation>Accuratezza, sulle domande (%)</translation>
    </message>
    <message>
        <source>At most so many questions (0: all)</source>
        <translation>Numero massimo di domande (0: tutte)</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>Benchmark</translation>
    </message>
    <message>
        <source>Benchmark a model</source>
        <translation>Valuta un modello con un benchmark</translation>
    </message>
    <message>
        <source>Choose the items of the benchmark: a file, or a folder.</source>
        <translation>Scegli gli elementi del benchmark: un file o una cartella.</translation>
    </message>
    <message>
        <source>Items shown as (empty: in all ways there are)</source>
        <translation>Elementi mostrati come (vuoto: in tutti i modi possibili)</translation>
    </message>
    <message>
        <source>Items: a file</source>
        <translation>Elementi: un file</translation>
    </message>
    <message>
        <source>Items: a folder</source>
        <translation>Elementi: una cartella</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Mean IoU of the masks</source>
        <translation>IoU media delle maschere</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Processi</translation>
    </message>
    <message>
        <source>Puts the questions of a benchmark to a model, and tells how many it answers and how well its masks fit.

Benchmark: TerraScope-Bench (items of “bench build” on the command line, or the published file) or another one in its official files. Items: its file, or its folder. At most: so many questions, drawn by lot; 0: all. Model: as in the other algorithms.

Output: scores as JSON; beside it each response. Run again with the same output it goes on where it was stopped. Tasks: a table with the accuracy of each task in percent, its 95 % interval, and what chance would give. QUESTIONS, MACRO_PCT (mean over tasks), MICRO_PCT (over questions), MEAN_IOU (of the masks; -1: there are none to compare with).

It needs the runtime of this machine, with the packages of model_runtime/requirements-data.txt.</source>
        <translation>Pone a un modello le domande di un benchmark e dice a quante risponde correttamente e quanto sono esatte le sue maschere.

Benchmark: TerraScope-Bench (elementi di “bench build” da riga di comando, o il file pubblicato) o un altro nei suoi file ufficiali. Elementi: il file o la cartella. Numero massimo: tante domande, estratte a sorte; 0: tutte. Modello: come negli altri algoritmi.

Risultato: i punteggi in JSON; accanto, ogni risposta. Rieseguito con lo stesso file in uscita, riprende da dove si era fermato. Attività: una tabella con l'accuratezza di ogni attività in percentuale, il suo intervallo al 95 % e ciò che darebbe il caso. QUESTIONS, MACRO_PCT (media delle attività), MICRO_PCT (sulle domande), MEAN_IOU (delle maschere; -1: non ce ne sono da confrontare).

Serve il runtime di questo computer, con i pacchetti di model_runtime/requirements-data.txt.</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Domande</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Punteggi</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Attività</translation>
    </message>
    <message>
        <source>benchmark,accuracy,score,evaluation,validation,quality,IoU,model,TerraScope-Bench,AI</source>
        <translation>benchmark,accuratezza,punteggio,valutazione,validazione,qualità,IoU,modello,TerraScope-Bench,IA</translation>
    </message>
    <message>
        <source>{path} does not exist: choose the items again.</source>
        <translation>{path} non esiste: scegli di nuovo gli elementi.</translation>
    </message>
    <message>
        <source>{task}: {share} of {count} (95 %: {low} to {high})</source>
        <translation>{task}: {share} di {count} (95 %: da {low} a {high})</translation>
    </message>
</context>
<context>
    <name>CaptureRow</name>
    <message>
        <source>Resolution of captures</source>
        <translation>Risoluzione delle catture</translation>
    </message>
    <message>
        <source>Size of a pixel of the file that the layer is captured to; automatic: the layer's own, or the map's</source>
        <translation>Dimensione di un pixel del file in cui il layer viene catturato; automatica: quella del layer o della mappa</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatica</translation>
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
        <translation>Avanzato</translation>
    </message>
    <message>
        <source>Clouds</source>
        <translation>Nuvole</translation>
    </message>
    <message>
        <source>How the radar images are scaled, where names and metadata do not tell</source>
        <translation>Scala delle immagini radar, se nomi e metadati non la indicano</translation>
    </message>
    <message>
        <source>Landsat 4-7, Level 2</source>
        <translation>Landsat 4-7, Livello 2</translation>
    </message>
    <message>
        <source>Landsat 8-9, Level 1</source>
        <translation>Landsat 8-9, Livello 1</translation>
    </message>
    <message>
        <source>Landsat 8-9, Level 2</source>
        <translation>Landsat 8-9, Livello 2</translation>
    </message>
    <message>
        <source>Large scenes</source>
        <translation>Scene grandi</translation>
    </message>
    <message>
        <source>NAIP</source>
        <translation>NAIP</translation>
    </message>
    <message>
        <source>Offsets</source>
        <translation>Disallineamenti</translation>
    </message>
    <message>
        <source>One image of over 4 million pixels: an overview shows the whole and the masks are drawn on every pixel; windows show what is too small for an overview, and nothing of the whole</source>
        <translation>Un'immagine di oltre 4 milioni di pixel: una panoramica mostra l'insieme e le maschere sono disegnate su ogni pixel; le finestre mostrano ciò che è troppo piccolo per una panoramica, ma nulla dell'insieme</translation>
    </message>
    <message>
        <source>Optical is</source>
        <translation>Ottico</translation>
    </message>
    <message>
        <source>PlanetScope</source>
        <translation>PlanetScope</translation>
    </message>
    <message>
        <source>Python of the runtime's environment</source>
        <translation>Python dell'ambiente del runtime</translation>
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
        <translation>Sentinel-1, decibel</translation>
    </message>
    <message>
        <source>Sentinel-1, linear</source>
        <translation>Sentinel-1, lineare</translation>
    </message>
    <message>
        <source>Sentinel-2, reflectance × 10,000</source>
        <translation>Sentinel-2, riflettanza × 10.000</translation>
    </message>
    <message>
        <source>Sentinel-2, with the offset of 2022</source>
        <translation>Sentinel-2, con l'offset del 2022</translation>
    </message>
    <message>
        <source>Smallest part</source>
        <translation>Parte minima</translation>
    </message>
    <message>
        <source>The interpreter that the model runs in; empty: the one in the plugin's own folder</source>
        <translation>L'interprete in cui viene eseguito il modello; vuoto: quello nella cartella del plugin</translation>
    </message>
    <message>
        <source>The minimum mapping unit: parts of a mask that are smaller are left out of it</source>
        <translation>L'unità minima cartografabile: le parti di una maschera più piccole ne vengono escluse</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Insieme</translation>
    </message>
    <message>
        <source>What clouds hide of a date without radar is not measured</source>
        <translation>Ciò che le nuvole nascondono di una data senza radar non viene misurato</translation>
    </message>
    <message>
        <source>When images of one place do not lie on one another</source>
        <translation>Quando le immagini di uno stesso luogo non si sovrappongono</translation>
    </message>
    <message>
        <source>Which sensor the optical images come from, where names and metadata do not tell</source>
        <translation>Il sensore da cui provengono le immagini ottiche, se nomi e metadati non lo indicano</translation>
    </message>
    <message>
        <source>Which sensor's tokens enter the reasoning where a date has an optical and a radar image</source>
        <translation>Il sensore i cui token entrano nel ragionamento quando una data ha un'immagine ottica e una radar</translation>
    </message>
    <message>
        <source>are allowed</source>
        <translation>sono ammessi</translation>
    </message>
    <message>
        <source>are ignored</source>
        <translation>sono ignorate</translation>
    </message>
    <message>
        <source>are left out of the measures</source>
        <translation>sono escluse dalle misure</translation>
    </message>
    <message>
        <source>are moved to fit</source>
        <translation>vengono corretti</translation>
    </message>
    <message>
        <source>as the file tells</source>
        <translation>come indica il file</translation>
    </message>
    <message>
        <source>as the published training</source>
        <translation>come nell'addestramento pubblicato</translation>
    </message>
    <message>
        <source>both, concatenated</source>
        <translation>entrambi, concatenati</translation>
    </message>
    <message>
        <source>found by itself</source>
        <translation>riconosciuto da sé</translation>
    </message>
    <message>
        <source>no part is too small</source>
        <translation>nessuna parte è troppo piccola</translation>
    </message>
    <message>
        <source>optical only</source>
        <translation>solo ottico</translation>
    </message>
    <message>
        <source>over two pixels are refused</source>
        <translation>oltre due pixel sono rifiutati</translation>
    </message>
    <message>
        <source>reason in each window</source>
        <translation>ragiona in ogni finestra</translation>
    </message>
    <message>
        <source>reason over an overview</source>
        <translation>ragiona su una panoramica</translation>
    </message>
    <message>
        <source>text guided</source>
        <translation>guidato dal testo</translation>
    </message>
</context>
<context>
    <name>ClassLights</name>
    <message>
        <source>How well each class is found</source>
        <translation>Quanto bene viene trovata ogni classe</translation>
    </message>
</context>
<context>
    <name>CompareDatesAlgorithm</name>
    <message>
        <source>Above the no-change floor</source>
        <translation>Sopra la soglia di non cambiamento</translation>
    </message>
    <message>
        <source>Boundary uncertainty (± ha)</source>
        <translation>Incertezza del bordo (± ha)</translation>
    </message>
    <message>
        <source>Compare dates</source>
        <translation>Confronta date</translation>
    </message>
    <message>
        <source>Earlier scene</source>
        <translation>Scena precedente</translation>
    </message>
    <message>
        <source>Gained</source>
        <translation>Guadagno</translation>
    </message>
    <message>
        <source>Gained (ha)</source>
        <translation>Guadagno (ha)</translation>
    </message>
    <message>
        <source>Kept (ha)</source>
        <translation>Invariato (ha)</translation>
    </message>
    <message>
        <source>Land cover</source>
        <translation>Copertura del suolo</translation>
    </message>
    <message>
        <source>Later scene</source>
        <translation>Scena successiva</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Perdita</translation>
    </message>
    <message>
        <source>Lost (ha)</source>
        <translation>Perdita (ha)</translation>
    </message>
    <message>
        <source>Maps one land cover at two to eight dates of the same place and gives what it gained, lost and kept, in hectares on the rasters' own grid and ellipsoid.

Scenes: raster files with a coordinate reference system, folders of bands (SAFE, Landsat), or radar scenes. SAR: a radar scene of the same date beside an optical one; it sees through clouds. Where a later scene lies on another pixel grid it is resampled to that of the first, and the parts that all show are compared. The days are those of metadata and names unless they are given; the dates are compared in their order. Extent: only compare this part. A question of your own is asked instead of the land cover chosen; it must be about the dates.
Output: a GeoPackage with the masks of each date and the layers GAINED and LOST; the same record as JSON lies beside it (REPORT). The figures are those of the first change found; a question about several regions, or more than two dates, has them all in the table changes.

FLOOR_HA is what maps of an unchanged place may differ by. TOLD is false when neither the gain nor the loss is larger: then no change can be told from noise. UNCERTAINTY_HA is what the gain and the loss may be off by because boundaries are only known to half a pixel.

Change that the model is unsure of is left out, haze and shadow can look like change: look at the masks before you rely on a figure.</source>
        <translation>Mappa una copertura del suolo in date diverse (da due a otto) dello stesso luogo e indica ciò che ha guadagnato, perso e mantenuto, in ettari sulla griglia e sull'ellissoide dei raster.

Scene: file raster con un sistema di riferimento delle coordinate, cartelle di bande (SAFE, Landsat), o scene radar. SAR: una scena radar della stessa data accanto a una ottica; vede attraverso le nuvole. Se una scena successiva ha un'altra griglia di pixel, viene ricampionata su quella della prima, e si confrontano le parti che tutte mostrano. I giorni sono quelli dei metadati e dei nomi, se non sono indicati; le date sono confrontate nel loro ordine. Estensione: confrontare solo questa parte. Una domanda propria viene posta al posto della copertura del suolo scelta; deve riguardare le date.
Risultato: un GeoPackage con le maschere di ogni data e i layer GAINED e LOST; lo stesso resoconto in JSON si trova accanto (REPORT). I valori sono quelli del primo cambiamento trovato; per una domanda su più regioni, o con più di due date, sono tutti nella tabella changes.

FLOOR_HA è la differenza che può esserci tra mappe di un luogo invariato. TOLD è false quando né il guadagno né la perdita sono maggiori: allora nessun cambiamento si distingue dal rumore. UNCERTAINTY_HA è l'errore possibile del guadagno e della perdita, perché i bordi sono noti solo a mezzo pixel.

I cambiamenti di cui il modello non è sicuro sono esclusi; foschia e ombra possono sembrare cambiamenti: guarda le maschere prima di fidarti di un valore.</translation>
    </message>
    <message>
        <source>No-change floor (ha)</source>
        <translation>Soglia di non cambiamento (ha)</translation>
    </message>
    <message>
        <source>Question (empty: about the land cover chosen)</source>
        <translation>Domanda (vuoto: sulla copertura del suolo scelta)</translation>
    </message>
    <message>
        <source>The model marked no region at both dates, so nothing was compared: ask about another land cover, or in other words. What it did answer is in {file}.</source>
        <translation>Il modello non ha delimitato alcuna regione in entrambe le date, quindi non è stato confrontato nulla: chiedi di un'altra copertura del suolo, o con altre parole. Ciò che ha risposto è in {file}.</translation>
    </message>
    <message>
        <source>change,detection,two dates,time series,gain,loss,before,after,flood,fire,deforestation,area,hectares,segmentation,radar,SAR,AI</source>
        <translation>cambiamento,rilevamento,due date,serie temporale,guadagno,perdita,prima,dopo,alluvione,incendio,deforestazione,area,ettari,segmentazione,radar,SAR,IA</translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <source>Conversation</source>
        <translation>Conversazione</translation>
    </message>
    <message>
        <source>The model gave no answer.</source>
        <translation>Il modello non ha dato risposta.</translation>
    </message>
    <message>
        <source>The reasoning and the answer appear here, each region as a mark to click.</source>
        <translation>Il ragionamento e la risposta appaiono qui, ogni regione come un'etichetta su cui fare clic.</translation>
    </message>
</context>
<context>
    <name>CopyAnswer</name>
    <message>
        <source>As CSV</source>
        <translation>Come CSV</translation>
    </message>
    <message>
        <source>As Markdown</source>
        <translation>Come Markdown</translation>
    </message>
    <message>
        <source>As text</source>
        <translation>Come testo</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copia</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>Copia risposta</translation>
    </message>
    <message>
        <source>Copy the answer and its figures</source>
        <translation>Copia la risposta e i suoi valori</translation>
    </message>
</context>
<context>
    <name>CorrectMask</name>
    <message>
        <source>A corrected mask is being measured: wait a moment.</source>
        <translation>Una maschera corretta è in fase di misura: attendi un momento.</translation>
    </message>
    <message>
        <source>Correct mask</source>
        <translation>Correggi maschera</translation>
    </message>
    <message>
        <source>Edit a mask with QGIS's own tools: the figures follow when you save it</source>
        <translation>Modifica una maschera con gli strumenti di QGIS: i valori si aggiornano quando la salvi</translation>
    </message>
    <message>
        <source>Edit the polygons of {mask} with QGIS's tools; its figures follow when you save the layer.</source>
        <translation>Modifica i poligoni di {mask} con gli strumenti di QGIS; i suoi valori si aggiornano quando salvi il layer.</translation>
    </message>
    <message>
        <source>The layer of {mask} cannot be opened: its file may be gone. Ask again.</source>
        <translation>Impossibile aprire il layer di {mask}: il suo file potrebbe non esistere più. Chiedi di nuovo.</translation>
    </message>
    <message>
        <source>{file} cannot be edited: check its permissions.</source>
        <translation>Impossibile modificare {file}: controlla i suoi permessi.</translation>
    </message>
</context>
<context>
    <name>DateRow</name>
    <message>
        <source>Add SAR…</source>
        <translation>Aggiungi SAR…</translation>
    </message>
    <message>
        <source>Add a cloud layer…</source>
        <translation>Aggiungi layer nuvole…</translation>
    </message>
    <message>
        <source>Cloud layer</source>
        <translation>Layer nuvole</translation>
    </message>
    <message>
        <source>Clouds</source>
        <translation>Nuvole</translation>
    </message>
    <message>
        <source>Day of {scene}</source>
        <translation>Giorno di {scene}</translation>
    </message>
    <message>
        <source>Remove {scene}</source>
        <translation>Rimuovi {scene}</translation>
    </message>
    <message>
        <source>SAR</source>
        <translation>SAR</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Scena</translation>
    </message>
    <message>
        <source>This is a radar image (SAR)</source>
        <translation>Questa è un'immagine radar (SAR)</translation>
    </message>
</context>
<context>
    <name>DatesForm</name>
    <message>
        <source>A day is unknown: enter it, or these dates are taken to be in the order shown.</source>
        <translation>Un giorno è sconosciuto: inseriscilo, altrimenti si assume che queste date siano nell'ordine mostrato.</translation>
    </message>
    <message>
        <source>A radar image of the same place and day</source>
        <translation>Un'immagine radar dello stesso luogo e giorno</translation>
    </message>
    <message>
        <source>Add SAR</source>
        <translation>Aggiungi SAR</translation>
    </message>
    <message>
        <source>Add date</source>
        <translation>Aggiungi data</translation>
    </message>
    <message>
        <source>Clouds</source>
        <translation>Nuvole</translation>
    </message>
    <message>
        <source>Date {number}</source>
        <translation>Data {number}</translation>
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
        <translation>Scena</translation>
    </message>
    <message>
        <source>The same place on another day</source>
        <translation>Lo stesso luogo in un altro giorno</translation>
    </message>
    <message>
        <source>{count} dates</source>
        <translation>{count} date</translation>
    </message>
    <message>
        <source>{name} is read as radar; its … button changes that.</source>
        <translation>{name} è letto come radar; il suo pulsante … permette di cambiarlo.</translation>
    </message>
</context>
<context>
    <name>DayEdit</name>
    <message>
        <source>The day the scene was taken, like 2017-06-04</source>
        <translation>Il giorno di acquisizione della scena, come 2017-06-04</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>sconosciuto</translation>
    </message>
</context>
<context>
    <name>ExtentChoice</name>
    <message>
        <source>As asked before</source>
        <translation>Come chiesto prima</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>Disegna</translation>
    </message>
    <message>
        <source>Draw the polygon on the map: click its corners, double-click or right-click to end it</source>
        <translation>Disegna il poligono sulla mappa: fai clic sui suoi vertici, doppio clic o clic destro per terminarlo</translation>
    </message>
    <message>
        <source>Draw the rectangle on the map</source>
        <translation>Disegna il rettangolo sulla mappa</translation>
    </message>
    <message>
        <source>Drawn polygon</source>
        <translation>Poligono disegnato</translation>
    </message>
    <message>
        <source>Drawn rectangle</source>
        <translation>Rettangolo disegnato</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Estensione</translation>
    </message>
    <message>
        <source>Map view</source>
        <translation>Vista mappa</translation>
    </message>
    <message>
        <source>No polygon is selected: choose a polygon layer and select some in it.</source>
        <translation>Nessun poligono selezionato: scegli un layer di poligoni e selezionane alcuni.</translation>
    </message>
    <message>
        <source>Nothing is drawn yet: click Draw and draw on the map.</source>
        <translation>Non è ancora stato disegnato nulla: fai clic su Disegna e disegna sulla mappa.</translation>
    </message>
    <message>
        <source>Selected polygons</source>
        <translation>Poligoni selezionati</translation>
    </message>
    <message>
        <source>Selected polygons are those of the active polygon layer</source>
        <translation>I poligoni selezionati sono quelli del layer di poligoni attivo</translation>
    </message>
    <message>
        <source>Whole layer</source>
        <translation>Intero layer</translation>
    </message>
    <message>
        <source>⚠ The scene does not reach there.</source>
        <translation>⚠ La scena non arriva fin lì.</translation>
    </message>
</context>
<context>
    <name>FinetuneAlgorithm</name>
    <message>
        <source>A model is taught by the runtime of this machine: the remote one can answer with it once its folder has been copied there.</source>
        <translation>L'addestramento di un modello è eseguito dal runtime di questo computer: quello remoto può rispondere con esso dopo che la sua cartella vi è stata copiata.</translation>
    </message>
    <message>
        <source>Extent of scenes that are no files</source>
        <translation>Estensione delle scene che non sono file</translation>
    </message>
    <message>
        <source>Field of the class</source>
        <translation>Campo della classe</translation>
    </message>
    <message>
        <source>Give either polygons with a class or a raster of classes.</source>
        <translation>Indica o poligoni con una classe o un raster di classi.</translation>
    </message>
    <message>
        <source>Give the new model a name.</source>
        <translation>Assegna un nome al nuovo modello.</translation>
    </message>
    <message>
        <source>IoU of what it knew before, on scenes made to test that</source>
        <translation>IoU di ciò che conosceva prima, su scene create per verificarlo</translation>
    </message>
    <message>
        <source>IoU on held-out ground, after</source>
        <translation>IoU sul terreno tenuto da parte, dopo</translation>
    </message>
    <message>
        <source>IoU on held-out ground, before</source>
        <translation>IoU sul terreno tenuto da parte, prima</translation>
    </message>
    <message>
        <source>IoU on held-out ground, mean of the classes</source>
        <translation>IoU sul terreno tenuto da parte, media delle classi</translation>
    </message>
    <message>
        <source>It has not become better: give more polygons, or more minutes.</source>
        <translation>Non è migliorato: indica più poligoni o più minuti.</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minuti</translation>
    </message>
    <message>
        <source>Model that learns (empty: the bundled one)</source>
        <translation>Modello da addestrare (vuoto: quello incluso)</translation>
    </message>
    <message>
        <source>Name of the new model</source>
        <translation>Nome del nuovo modello</translation>
    </message>
    <message>
        <source>Name the values of the raster of classes, like 1=water; 2=heath.</source>
        <translation>Assegna un nome ai valori del raster di classi, come 1=water; 2=heath.</translation>
    </message>
    <message>
        <source>Names of its values, like 1=water; 2=heath</source>
        <translation>Nomi dei suoi valori, come 1=water; 2=heath</translation>
    </message>
    <message>
        <source>Or a raster of classes</source>
        <translation>Oppure un raster di classi</translation>
    </message>
    <message>
        <source>Polygons with a class</source>
        <translation>Poligoni con una classe</translation>
    </message>
    <message>
        <source>Put the new model into (empty: with the others)</source>
        <translation>Salva il nuovo modello in (vuoto: con gli altri)</translation>
    </message>
    <message>
        <source>Say which field of the polygons names their class.</source>
        <translation>Indica quale campo dei poligoni contiene la loro classe.</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Scene</translation>
    </message>
    <message>
        <source>Teach a model</source>
        <translation>Addestra un modello</translation>
    </message>
    <message>
        <source>Teaches a copy of a model with labels of your own: new classes, or the looks that known classes have in your region. The new model is a small folder beside the one it learnt from; the dock lists it under its name, answers with it, and can delete it.

Scenes: rasters with a coordinate reference system. Labels: polygons with a field that names their class, ten to twenty for each class, spread over the scenes; or, for one scene, a raster on its pixels whose values are classes, named like 1=water; 2=heath (if empty, as its legend names them; 0 and nodata are not labelled). Name classes as you will ask about them, in English.
Minutes: about how long it may learn; the figures at its beginning and its end take some more. Nothing is left of a run that is cancelled.

Part of the labels are held out at first. IOU_BEFORE and IOU_AFTER are the mean IoU of the classes on them, of the model as it was (for a new class: of the known class that fits it best) and of one that was taught the other labels; the new model has then been taught all of them. Ground nearby is easier than another region: look at the masks before you rely on a figure. The log has the figures class by class, and what became of the classes that the model knew before.</source>
        <translation>Addestra una copia di un modello con etichette proprie: nuove classi, o l'aspetto che le classi note hanno nella tua regione. Il nuovo modello è una piccola cartella accanto a quello da cui ha imparato; il pannello lo elenca con il suo nome, risponde con esso e può eliminarlo.

Scene: raster con un sistema di riferimento delle coordinate. Etichette: poligoni con un campo che indica la loro classe, da dieci a venti per classe, distribuiti sulle scene; oppure, per una sola scena, un raster sui suoi pixel i cui valori sono classi, con nomi come 1=water; 2=heath (se vuoto, i nomi della sua legenda; 0 e nodata non hanno etichetta). Chiama le classi come le nominerai nelle domande, in inglese.
Minuti: la durata approssimativa dell'addestramento; le misure all'inizio e alla fine richiedono altro tempo. Di un'esecuzione annullata non resta nulla.

Una parte delle etichette è dapprima tenuta da parte. IOU_BEFORE e IOU_AFTER sono la IoU media delle classi su di esse, del modello com'era (per una classe nuova: della classe nota che le corrisponde meglio) e di uno addestrato con le altre etichette; il nuovo modello è poi addestrato con tutte. Il terreno vicino è più facile di un'altra regione: guarda le maschere prima di fidarti di un valore. Il log contiene i valori classe per classe, e ciò che ne è stato delle classi che il modello conosceva prima.</translation>
    </message>
    <message>
        <source>The new model</source>
        <translation>Il nuovo modello</translation>
    </message>
    <message>
        <source>train,training,finetune,fine-tuning,learn,teach,samples,polygons,classes,classification,land cover,segmentation,model,AI</source>
        <translation>addestra,addestramento,finetune,fine-tuning,impara,insegna,campioni,poligoni,classi,classificazione,copertura del suolo,segmentazione,modello,IA</translation>
    </message>
    <message>
        <source>{what}: {before} before, {after} after</source>
        <translation>{what}: {before} prima, {after} dopo</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>&amp;Ask a question</source>
        <translation>Fai una &amp;domanda</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>&amp;Rimuovi…</translation>
    </message>
    <message>
        <source>Beginning</source>
        <translation>Avvio</translation>
    </message>
    <message>
        <source>Cancelled; what has been fetched is kept.</source>
        <translation>Annullato; ciò che è stato scaricato viene conservato.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiato</translation>
    </message>
    <message>
        <source>Copy &amp;diagnostics</source>
        <translation>Copia dia&amp;gnostica</translation>
    </message>
    <message>
        <source>Looking at {path}</source>
        <translation>Esame di {path}</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Rimuovi</translation>
    </message>
    <message>
        <source>Remove the runtime?</source>
        <translation>Rimuovere il runtime?</translation>
    </message>
    <message>
        <source>Removing</source>
        <translation>Rimozione</translation>
    </message>
    <message>
        <source>The environment and the packages that were fetched for it go. They can be installed again.</source>
        <translation>L'ambiente e i pacchetti scaricati per esso verranno eliminati. Possono essere installati di nuovo.</translation>
    </message>
    <message>
        <source>What TerraScope needs</source>
        <translation>Cosa serve a TerraScope</translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation>Che cos'è?</translation>
    </message>
</context>
<context>
    <name>FollowUp</name>
    <message>
        <source>Follow-up question</source>
        <translation>Domanda successiva</translation>
    </message>
    <message>
        <source>The question is about the scene and the extent of the last answer, and knows what was asked before: “How far is it from the trees?”</source>
        <translation>La domanda riguarda la scena e l'estensione dell'ultima risposta, e tiene conto di ciò che è stato chiesto prima: “How far is it from the trees?”</translation>
    </message>
</context>
<context>
    <name>HistoryMenu</name>
    <message>
        <source>History…</source>
        <translation>Cronologia…</translation>
    </message>
    <message>
        <source>Questions that were asked before</source>
        <translation>Domande poste in precedenza</translation>
    </message>
</context>
<context>
    <name>HistoryPopup</name>
    <message>
        <source>Clear history</source>
        <translation>Pulisci cronologia</translation>
    </message>
    <message>
        <source>Questions that were asked before</source>
        <translation>Domande poste in precedenza</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Cerca</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>Cerca nella cronologia</translation>
    </message>
</context>
<context>
    <name>InstallView</name>
    <message>
        <source>&amp;Cancel</source>
        <translation>A&amp;nnulla</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Log</translation>
    </message>
    <message>
        <source>Log of the installation</source>
        <translation>Log dell'installazione</translation>
    </message>
</context>
<context>
    <name>InstallWays</name>
    <message>
        <source>&amp;Folder of wheels (no network)</source>
        <translation>Cartella di &amp;wheel (senza rete)</translation>
    </message>
    <message>
        <source>&amp;Python of an environment of your own</source>
        <translation>&amp;Python di un ambiente proprio</translation>
    </message>
    <message>
        <source>Address of an index of PyTorch builds; {build} in it stands for cpu, cu126 or cu130, by the driver</source>
        <translation>Indirizzo di un indice di build di PyTorch; {build} vi sta per cpu, cu126 o cu130, secondo il driver</translation>
    </message>
    <message>
        <source>An environment you have made yourself; it is looked at before it is used</source>
        <translation>Un ambiente creato da te; viene esaminato prima dell'uso</translation>
    </message>
    <message>
        <source>Chec&amp;k and use</source>
        <translation>&amp;Controlla e usa</translation>
    </message>
    <message>
        <source>Folder with every package as a wheel</source>
        <translation>Cartella con ogni pacchetto come wheel</translation>
    </message>
    <message>
        <source>Inde&amp;x of PyTorch builds</source>
        <translation>Indice delle &amp;build di PyTorch</translation>
    </message>
    <message>
        <source>Other ways</source>
        <translation>Altri modi</translation>
    </message>
    <message>
        <source>Python of an environment that has the runtime's packages</source>
        <translation>Python di un ambiente che ha i pacchetti del runtime</translation>
    </message>
    <message>
        <source>To install without a network: a folder with the wheels (*.whl) of all packages; see the manual</source>
        <translation>Per installare senza rete: una cartella con i wheel (*.whl) di tutti i pacchetti; vedi il manuale</translation>
    </message>
    <message>
        <source>none: from the package index</source>
        <translation>nessuna: dall'indice dei pacchetti</translation>
    </message>
    <message>
        <source>none: the package index's own build</source>
        <translation>nessuno: la build dell'indice dei pacchetti</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>Add layers</source>
        <translation>Aggiungi layer</translation>
    </message>
    <message>
        <source>Add the layers of the answer to the project</source>
        <translation>Aggiungi i layer della risposta al progetto</translation>
    </message>
    <message>
        <source>All layers of this answer are in the project already.</source>
        <translation>Tutti i layer di questa risposta sono già nel progetto.</translation>
    </message>
    <message>
        <source>Export report</source>
        <translation>Esporta report</translation>
    </message>
    <message>
        <source>Export report…</source>
        <translation>Esporta report…</translation>
    </message>
    <message>
        <source>GeoPackage</source>
        <translation>GeoPackage</translation>
    </message>
    <message>
        <source>Keep the answer as a GeoPackage with everything and a PDF of one page</source>
        <translation>Conserva la risposta come GeoPackage completo e come PDF di una pagina</translation>
    </message>
    <message>
        <source>Open an answer that was kept, with its layers</source>
        <translation>Apri una risposta conservata, con i suoi layer</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>Apri report</translation>
    </message>
    <message>
        <source>Open report…</source>
        <translation>Apri report…</translation>
    </message>
    <message>
        <source>The report is kept: {geopackage} and {pdf} in {folder}.</source>
        <translation>Il report è stato salvato: {geopackage} e {pdf} in {folder}.</translation>
    </message>
    <message>
        <source>Wait until the answer is there, or cancel it.</source>
        <translation>Attendi la risposta, oppure annullala.</translation>
    </message>
    <message>
        <source>opened from {file}</source>
        <translation>aperto da {file}</translation>
    </message>
</context>
<context>
    <name>ModelDetails</name>
    <message>
        <source>About the model</source>
        <translation>Informazioni sul modello</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>Bande</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>Base</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>Verificato</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Cartella</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Origine</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memoria</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>Revisione</translation>
    </message>
    <message>
        <source>came with the plugin</source>
        <translation>fornito con il plugin</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>non ancora</translation>
    </message>
    <message>
        <source>{count} billion parameters</source>
        <translation>{count} miliardi di parametri</translation>
    </message>
    <message>
        <source>{count} million parameters</source>
        <translation>{count} milioni di parametri</translation>
    </message>
    <message>
        <source>✓ every file is as it was published</source>
        <translation>✓ ogni file è come è stato pubblicato</translation>
    </message>
    <message>
        <source>✓ fits here</source>
        <translation>✓ ci sta qui</translation>
    </message>
    <message>
        <source>✗ more than is free here</source>
        <translation>✗ più di quanta è libera qui</translation>
    </message>
</context>
<context>
    <name>ModelSettings</name>
    <message>
        <source>Hub &amp;sign-in</source>
        <translation>Accesso all'&amp;hub</translation>
    </message>
    <message>
        <source>Hub sign-in</source>
        <translation>Accesso all'hub</translation>
    </message>
    <message>
        <source>Only for models whose owner asks for it: a “Basic” entry with the hub's access key as password</source>
        <translation>Solo per modelli il cui proprietario lo richiede: una voce “Basic” con la chiave di accesso dell'hub come password</translation>
    </message>
    <message>
        <source>Weights in &amp;memory</source>
        <translation>Pesi in &amp;memoria</translation>
    </message>
</context>
<context>
    <name>ModelTable</name>
    <message>
        <source>Memory needed</source>
        <translation>Memoria necessaria</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modello</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelli</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Dimensione</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Dove</translation>
    </message>
    <message>
        <source>in use, {where}</source>
        <translation>in uso, {where}</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>&amp;Add folder…</source>
        <translation>&amp;Aggiungi cartella…</translation>
    </message>
    <message>
        <source>&amp;Download…</source>
        <translation>&amp;Scarica…</translation>
    </message>
    <message>
        <source>&amp;Remove from list</source>
        <translation>&amp;Rimuovi dalla lista</translation>
    </message>
    <message>
        <source>&amp;Use</source>
        <translation>&amp;Usa</translation>
    </message>
    <message>
        <source>&amp;Verify</source>
        <translation>&amp;Verifica</translation>
    </message>
    <message>
        <source>Asking what there is to fetch</source>
        <translation>Ricerca di ciò che c'è da scaricare</translation>
    </message>
    <message>
        <source>Cancelled; what has been fetched is kept.</source>
        <translation>Annullato; ciò che è stato scaricato viene conservato.</translation>
    </message>
    <message>
        <source>Checking {name}</source>
        <translation>Verifica di {name}</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>Commit</translation>
    </message>
    <message>
        <source>De&amp;lete…</source>
        <translation>&amp;Elimina…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Elimina</translation>
    </message>
    <message>
        <source>Delete {name}?</source>
        <translation>Eliminare {name}?</translation>
    </message>
    <message>
        <source>Deleting {name}</source>
        <translation>Eliminazione di {name}</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Scarica</translation>
    </message>
    <message>
        <source>Download {name}?</source>
        <translation>Scaricare {name}?</translation>
    </message>
    <message>
        <source>Fetching {name}</source>
        <translation>Scaricamento di {name}</translation>
    </message>
    <message>
        <source>Folder of a model</source>
        <translation>Cartella di un modello</translation>
    </message>
    <message>
        <source>Free there</source>
        <translation>Spazio libero</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Origine</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>Destinazione</translation>
    </message>
    <message>
        <source>Its files in {folder} go for good.</source>
        <translation>I suoi file in {folder} verranno eliminati definitivamente.</translation>
    </message>
    <message>
        <source>Its files in {folder} go; they can be fetched again.</source>
        <translation>I suoi file in {folder} verranno eliminati; possono essere scaricati di nuovo.</translation>
    </message>
    <message>
        <source>Looking for models</source>
        <translation>Ricerca di modelli</translation>
    </message>
    <message>
        <source>Looking into the folder</source>
        <translation>Esame della cartella</translation>
    </message>
    <message>
        <source>Models of a remote runtime are seen to on its machine</source>
        <translation>I modelli di un runtime remoto si gestiscono sul suo computer</translation>
    </message>
    <message>
        <source>TerraScope models</source>
        <translation>Modelli di TerraScope</translation>
    </message>
    <message>
        <source>There is no complete model in {folder}: choose one with config.json and *.safetensors.</source>
        <translation>Non c'è un modello completo in {folder}: scegline una con config.json e *.safetensors.</translation>
    </message>
    <message>
        <source>These are the models of the remote runtime; they are fetched and taught on its machine.</source>
        <translation>Questi sono i modelli del runtime remoto; vengono scaricati e addestrati sul suo computer.</translation>
    </message>
    <message>
        <source>To fetch</source>
        <translation>Da scaricare</translation>
    </message>
    <message>
        <source>{missing} of {total}</source>
        <translation>{missing} di {total}</translation>
    </message>
    <message>
        <source>{name} is complete and can be read; nothing is known to compare its files with.</source>
        <translation>{name} è completo e leggibile; non c'è nulla di noto con cui confrontare i suoi file.</translation>
    </message>
    <message>
        <source>{name} is complete, and every file is as it was published.</source>
        <translation>{name} è completo, e ogni file è come è stato pubblicato.</translation>
    </message>
    <message>
        <source>{name} was deleted.</source>
        <translation>{name} è stato eliminato.</translation>
    </message>
</context>
<context>
    <name>Needs</name>
    <message>
        <source>&amp;Fetch Python, install</source>
        <translation>&amp;Scarica Python e installa</translation>
    </message>
    <message>
        <source>&amp;Install</source>
        <translation>&amp;Installa</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <translation>&amp;Esamina</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>&amp;Esamina di nuovo</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Modelli…</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>Ripro&amp;va</translation>
    </message>
    <message>
        <source>&amp;Update</source>
        <translation>Aggi&amp;orna</translation>
    </message>
    <message>
        <source>Being installed; QGIS can be used meanwhile.</source>
        <translation>Installazione in corso; intanto QGIS può essere usato.</translation>
    </message>
    <message>
        <source>Being looked at…</source>
        <translation>Esame in corso…</translation>
    </message>
    <message>
        <source>Chosen by hand: {path}</source>
        <translation>Scelto a mano: {path}</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>Installed in the QGIS profile</source>
        <translation>Installato nel profilo di QGIS</translation>
    </message>
    <message>
        <source>Known when the environment is there.</source>
        <translation>Noto quando c'è l'ambiente.</translation>
    </message>
    <message>
        <source>Make an environment in the QGIS profile and use that instead</source>
        <translation>Crea un ambiente nel profilo di QGIS e usa quello</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modello</translation>
    </message>
    <message>
        <source>Named by TERRASCOPE_RUNTIME_PYTHON: {path}</source>
        <translation>Indicato da TERRASCOPE_RUNTIME_PYTHON: {path}</translation>
    </message>
    <message>
        <source>Not installed yet. A Python environment of its own in your QGIS profile (about 1 GB, several with CUDA); nothing of QGIS is changed.</source>
        <translation>Non ancora installato. Un ambiente Python separato nel tuo profilo di QGIS (circa 1 GB, diversi con CUDA); in QGIS non cambia nulla.</translation>
    </message>
    <message>
        <source>Not looked at yet.</source>
        <translation>Non ancora esaminato.</translation>
    </message>
    <message>
        <source>Of the plugin's own folder: {path}</source>
        <translation>Della cartella del plugin: {path}</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Processore</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Runtime</translation>
    </message>
    <message>
        <source>TerraScope was updated, and the environment is for an earlier version.</source>
        <translation>TerraScope è stato aggiornato, e l'ambiente è per una versione precedente.</translation>
    </message>
    <message>
        <source>The folder of {name} is gone</source>
        <translation>La cartella di {name} non esiste più</translation>
    </message>
    <message>
        <source>There is no Python at {path}, which was chosen by hand.</source>
        <translation>Non c'è Python in {path}, che è stato scelto a mano.</translation>
    </message>
    <message>
        <source>other versions than were tested: {names}</source>
        <translation>versioni diverse da quelle provate: {names}</translation>
    </message>
    <message>
        <source>{name} has not been fetched yet</source>
        <translation>{name} non è ancora stato scaricato</translation>
    </message>
    <message>
        <source>{name} is missing: install again</source>
        <translation>{name} manca: installa di nuovo</translation>
    </message>
    <message>
        <source>{name}, comes with the plugin</source>
        <translation>{name}, fornito con il plugin</translation>
    </message>
    <message>
        <source>{name}, fetched</source>
        <translation>{name}, scaricato</translation>
    </message>
    <message>
        <source>{name}, in a folder of yours</source>
        <translation>{name}, in una tua cartella</translation>
    </message>
    <message>
        <source>{name}, {memory} of memory free</source>
        <translation>{name}, {memory} di memoria libera</translation>
    </message>
</context>
<context>
    <name>OptionsPage</name>
    <message>
        <source>&amp;Device</source>
        <translation>&amp;Dispositivo</translation>
    </message>
    <message>
        <source>&amp;Ellipsoid</source>
        <translation>&amp;Ellissoide</translation>
    </message>
    <message>
        <source>&amp;Folder for results</source>
        <translation>&amp;Cartella dei risultati</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Lingua</translation>
    </message>
    <message>
        <source>&amp;Python</source>
        <translation>&amp;Python</translation>
    </message>
    <message>
        <source>&amp;Reasoning</source>
        <translation>&amp;Ragionamento</translation>
    </message>
    <message>
        <source>&amp;Stretch</source>
        <translation>&amp;Stiramento</translation>
    </message>
    <message>
        <source>&amp;Units shown</source>
        <translation>&amp;Unità mostrate</translation>
    </message>
    <message>
        <source>Add the layers of an answer to the project by themselves</source>
        <translation>Aggiungi automaticamente al progetto i layer di una risposta</translation>
    </message>
    <message>
        <source>Another language appears with the next start of QGIS.</source>
        <translation>Un'altra lingua appare al prossimo avvio di QGIS.</translation>
    </message>
    <message>
        <source>As in QGIS's locale</source>
        <translation>Come nelle impostazioni locali di QGIS</translation>
    </message>
    <message>
        <source>As in the paper</source>
        <translation>Come nell'articolo</translation>
    </message>
    <message>
        <source>As the published weights were run</source>
        <translation>Come i pesi pubblicati</translation>
    </message>
    <message>
        <source>Automatic: a GPU where there is one</source>
        <translation>Automatico: una GPU, se disponibile</translation>
    </message>
    <message>
        <source>Automatic: reflectance where it is known</source>
        <translation>Automatico: riflettanza, se nota</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Metriche</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modello</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelli…</translation>
    </message>
    <message>
        <source>Plugin</source>
        <translation>Plugin</translation>
    </message>
    <message>
        <source>Processor (cpu)</source>
        <translation>Processore (cpu)</translation>
    </message>
    <message>
        <source>Relative: 2 to 98 percentile of each band</source>
        <translation>Relativo: dal 2° al 98° percentile di ogni banda</translation>
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
        <translation>Scene e misure</translation>
    </message>
    <message>
        <source>That of QGIS</source>
        <translation>Quella di QGIS</translation>
    </message>
    <message>
        <source>That of the project</source>
        <translation>Quello del progetto</translation>
    </message>
    <message>
        <source>That of the scene</source>
        <translation>Quello della scena</translation>
    </message>
    <message>
        <source>The folder for results, {path}, is no whole path: choose it again.</source>
        <translation>La cartella dei risultati, {path}, non è un percorso completo: sceglila di nuovo.</translation>
    </message>
    <message>
        <source>There is no Python at {path}: choose it again, or leave the field empty.</source>
        <translation>Non c'è Python in {path}: sceglilo di nuovo, o lascia vuoto il campo.</translation>
    </message>
    <message>
        <source>US (acres, feet, miles)</source>
        <translation>USA (acri, piedi, miglia)</translation>
    </message>
    <message>
        <source>Weights in &amp;memory</source>
        <translation>Pesi in &amp;memoria</translation>
    </message>
    <message>
        <source>{path} is a file: choose a folder for results.</source>
        <translation>{path} è un file: scegli una cartella per i risultati.</translation>
    </message>
    <message>
        <source>“{name}” is no device: use auto, cpu, mps, cuda, or cuda: and a number.</source>
        <translation>“{name}” non è un dispositivo: usa auto, cpu, mps, cuda, oppure cuda: e un numero.</translation>
    </message>
</context>
<context>
    <name>QuestionBox</name>
    <message>
        <source>How many hectares of water are there?</source>
        <translation>In inglese, per esempio: How many hectares of water are there?</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Domanda</translation>
    </message>
</context>
<context>
    <name>RasterChoice</name>
    <message>
        <source>A file, a folder (SAFE, Landsat, one-band files), and more</source>
        <translation>Un file, una cartella (SAFE, Landsat, file a una banda) e altro</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Scegli un file…</translation>
    </message>
    <message>
        <source>Choose a folder of bands…</source>
        <translation>Scegli una cartella di bande…</translation>
    </message>
    <message>
        <source>Choose a raster file</source>
        <translation>Scegli un file raster</translation>
    </message>
    <message>
        <source>Choose the folder of a scene</source>
        <translation>Scegli la cartella di una scena</translation>
    </message>
</context>
<context>
    <name>RemoteGroup</name>
    <message>
        <source>&amp;Test connection</source>
        <translation>Pro&amp;va connessione</translation>
    </message>
    <message>
        <source>A “Basic” entry with the runtime's key as its password</source>
        <translation>Una voce “Basic” con la chiave del runtime come password</translation>
    </message>
    <message>
        <source>Add&amp;ress</source>
        <translation>&amp;Indirizzo</translation>
    </message>
    <message>
        <source>Address of the remote runtime</source>
        <translation>Indirizzo del runtime remoto</translation>
    </message>
    <message>
        <source>Choose the sign-in with the remote runtime's key, or leave its address empty.</source>
        <translation>Scegli l'accesso con la chiave del runtime remoto, o lascia vuoto il suo indirizzo.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Connessione…</translation>
    </message>
    <message>
        <source>None: this machine computes</source>
        <translation>Nessuno: calcola questo computer</translation>
    </message>
    <message>
        <source>Runtime on another machine</source>
        <translation>Runtime su un altro computer</translation>
    </message>
    <message>
        <source>Sign-&amp;in</source>
        <translation>&amp;Accesso</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Accesso</translation>
    </message>
    <message>
        <source>https://host:port, or http://127.0.0.1:port at this end of an SSH tunnel. Scenes are sent there.</source>
        <translation>https://host:porta, oppure http://127.0.0.1:porta a questo capo di un tunnel SSH. Le scene vengono inviate lì.</translation>
    </message>
</context>
<context>
    <name>RuntimeStatusAlgorithm</name>
    <message>
        <source>Asking the runtime; it is started if it does not run.</source>
        <translation>Richiesta al runtime; se non è in esecuzione, viene avviato.</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Occupato</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>Memory that the chosen model needs (MB)</source>
        <translation>Memoria richiesta dal modello scelto (MB)</translation>
    </message>
    <message>
        <source>Models in memory</source>
        <translation>Modelli in memoria</translation>
    </message>
    <message>
        <source>Models that can answer</source>
        <translation>Modelli che possono rispondere</translation>
    </message>
    <message>
        <source>On another machine</source>
        <translation>Su un altro computer</translation>
    </message>
    <message>
        <source>Questions running and waiting</source>
        <translation>Domande in corso e in attesa</translation>
    </message>
    <message>
        <source>Runtime status</source>
        <translation>Stato del runtime</translation>
    </message>
    <message>
        <source>Runtime {version} on {device}, protocol {protocol}, {jobs} question(s) running and waiting</source>
        <translation>Runtime {version} su {device}, protocollo {protocol}, domande in corso e in attesa: {jobs}</translation>
    </message>
    <message>
        <source>Tells which runtime answers, and starts it if it does not run: use it to see whether the installation is complete, or first in a model or script. It has no parameters. It fails, and says why, when the runtime does not start.

VERSION: of the runtime. DEVICE: what it computes on. BUSY, JOBS: whether, and how many questions it answers or has waiting. REMOTE: whether it is on another machine. MODELS: names of the models that can answer, in lines. LOADED: those of them that are in memory. MEMORY_MB: what the model of the settings is estimated to need, in millions of bytes, as it is set to be kept in memory (0: it is not known). The log has more of each model.</source>
        <translation>Indica quale runtime risponde, e lo avvia se non è in esecuzione: serve a vedere se l'installazione è completa, o come primo passo in un modello o in uno script. Non ha parametri. Se il runtime non si avvia, l'algoritmo fallisce e ne indica il motivo.

VERSION: del runtime. DEVICE: il dispositivo su cui calcola. BUSY, JOBS: se risponde a domande, e quante sono in corso o in attesa. REMOTE: se si trova su un altro computer. MODELS: nomi dei modelli che possono rispondere, uno per riga. LOADED: quelli di essi che sono in memoria. MEMORY_MB: la memoria stimata per il modello delle impostazioni, in milioni di byte, così come è impostato per essere tenuto in memoria (0: non è nota). Il log dice di più su ogni modello.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versione</translation>
    </message>
    <message>
        <source>in memory</source>
        <translation>in memoria</translation>
    </message>
    <message>
        <source>runtime,status,version,device,GPU,CUDA,models,memory,check,AI</source>
        <translation>runtime,stato,versione,dispositivo,GPU,CUDA,modelli,memoria,verifica,IA</translation>
    </message>
</context>
<context>
    <name>SegmentClassesAlgorithm</name>
    <message>
        <source>Areas</source>
        <translation>Aree</translation>
    </message>
    <message>
        <source>Class raster</source>
        <translation>Raster di classi</translation>
    </message>
    <message>
        <source>Classes, one in each line</source>
        <translation>Classi, una per riga</translation>
    </message>
    <message>
        <source>HTML (*.html)</source>
        <translation>HTML (*.html)</translation>
    </message>
    <message>
        <source>Land cover</source>
        <translation>Copertura del suolo</translation>
    </message>
    <message>
        <source>Makes a land-cover map of the classes that are named, with the hectares of each.

Scene, SAR, Extent: as in “Ask about a scene”. Classes: one in each line, in English; the bundled model knows water, trees, cropland, grassland, built-up area, bare ground, snow and ice, wetland, cloud, and those it was taught. Words for them that it knows, like forest, are taken for them.

Each class is marked by itself. Where two of them overlap, the ground belongs to the one whose mask has the higher score, so every pixel has one class or none.
Output: polygons, one for each connected part, with class (number of the class), phrase (its name), area_ha, area_uncertainty_ha (half a pixel either side of the boundary), coverage_pct (of what the scene shows), pixels, and score (of the whole class, 0 to 1). Areas: a table with a row for each class, also of those that were not found. Class raster: on the scene's own grid, with the numbers of the classes; 0 is none of them, or nothing to see. Page: the table for people (HTML). MAPPED_HA, MAPPED_PCT: all classes together.

Hectares are measured on the raster's own grid and ellipsoid and are exact for the mask. Whether the mask is right is another matter: look at it before you rely on a figure.</source>
        <translation>Crea una carta della copertura del suolo con le classi indicate, e gli ettari di ciascuna.

Scena, SAR, Estensione: come in “Interroga una scena”. Classi: una per riga, in inglese; il modello incluso conosce water, trees, cropland, grassland, built-up area, bare ground, snow and ice, wetland, cloud, e quelle che gli sono state insegnate. Le parole che conosce per esse, come forest, sono intese come tali.

Ogni classe è delimitata per conto suo. Dove due si sovrappongono, il terreno appartiene a quella la cui maschera ha il punteggio più alto, così ogni pixel ha una classe o nessuna.
Risultato: poligoni, uno per ogni parte connessa, con class (numero della classe), phrase (il suo nome), area_ha, area_uncertainty_ha (mezzo pixel da ciascun lato del bordo), coverage_pct (di ciò che la scena mostra), pixels e score (dell'intera classe, da 0 a 1). Aree: una tabella con una riga per ogni classe, anche per quelle non trovate. Raster di classi: sulla griglia della scena, con i numeri delle classi; 0 è nessuna di esse, o nulla da vedere. Pagina: la tabella da leggere (HTML). MAPPED_HA, MAPPED_PCT: tutte le classi insieme.

Gli ettari sono misurati sulla griglia e sull'ellissoide del raster e sono esatti per la maschera. Se la maschera sia giusta è un'altra questione: guardala prima di fidarti di un valore.</translation>
    </message>
    <message>
        <source>Map land cover</source>
        <translation>Mappa la copertura del suolo</translation>
    </message>
    <message>
        <source>Mapped (ha)</source>
        <translation>Mappato (ha)</translation>
    </message>
    <message>
        <source>Mapped share of the scene (%)</source>
        <translation>Parte mappata della scena (%)</translation>
    </message>
    <message>
        <source>Page of areas</source>
        <translation>Pagina delle aree</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Scena</translation>
    </message>
    <message>
        <source>There is no class yet: write one in each line.</source>
        <translation>Non c'è ancora nessuna classe: scrivine una per riga.</translation>
    </message>
    <message>
        <source>land cover,land use,classification,segmentation,classes,map,polygonise,area,hectares,water,forest,AI</source>
        <translation>copertura del suolo,uso del suolo,classificazione,segmentazione,classi,mappa,poligonizza,area,ettari,acqua,foresta,IA</translation>
    </message>
    <message>
        <source>{count} classes are more than can be mapped at once: name up to {most}.</source>
        <translation>{count} classi sono più di quante se ne possano mappare insieme: indicane al massimo {most}.</translation>
    </message>
    <message>
        <source>{name} cannot be written ({why}): choose another place.</source>
        <translation>Impossibile scrivere {name} ({why}): scegli un'altra posizione.</translation>
    </message>
</context>
<context>
    <name>StateRow</name>
    <message>
        <source>being looked at</source>
        <translation>in esame</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>mancante</translation>
    </message>
    <message>
        <source>needs attention</source>
        <translation>da controllare</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>non ancora noto</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>pronto</translation>
    </message>
</context>
<context>
    <name>StoreProgress</name>
    <message>
        <source>&amp;Cancel</source>
        <translation>A&amp;nnulla</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} di {total}</translation>
    </message>
</context>
<context>
    <name>Swatch</name>
    <message>
        <source>Preview of the bands</source>
        <translation>Anteprima delle bande</translation>
    </message>
</context>
<context>
    <name>Teach</name>
    <message>
        <source>Show on the map what is where: the answer follows at once</source>
        <translation>Mostra sulla mappa che cosa si trova dove: la risposta segue subito</translation>
    </message>
    <message>
        <source>Teach it here</source>
        <translation>Insegna qui</translation>
    </message>
    <message>
        <source>Teaching draws the masks anew; your corrections stay in {file}.</source>
        <translation>L'apprendimento ridisegna le maschere; le tue correzioni restano in {file}.</translation>
    </message>
    <message>
        <source>taught with {examples}</source>
        <translation>appreso con {examples}</translation>
    </message>
</context>
<context>
    <name>TeachPanel</name>
    <message>
        <source>Choose a class of the answer, or write what the place shows</source>
        <translation>Scegli una classe della risposta, o scrivi che cosa mostra il luogo</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Pulisci</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fatto</translation>
    </message>
    <message>
        <source>Draw around it, corner by corner</source>
        <translation>Disegna il suo contorno, vertice per vertice</translation>
    </message>
    <message>
        <source>End teaching (Escape on the map)</source>
        <translation>Termina l'apprendimento (Esc sulla mappa)</translation>
    </message>
    <message>
        <source>On the map: left click, it is here; right click, it is not; Shift and drag, an area.</source>
        <translation>Sulla mappa: clic sinistro, è qui; clic destro, non è qui; Maiusc e trascina, un'area.</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Contorno</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostra</translation>
    </message>
    <message>
        <source>Take all examples back</source>
        <translation>Annulla tutti gli esempi</translation>
    </message>
    <message>
        <source>Take the last example back (Ctrl+Z on the map)</source>
        <translation>Annulla l'ultimo esempio (Ctrl+Z sulla mappa)</translation>
    </message>
    <message>
        <source>The answer follows…</source>
        <translation>La risposta arriva…</translation>
    </message>
    <message>
        <source>The date you show it on</source>
        <translation>La data su cui lo mostri</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>What you show</source>
        <translation>Che cosa mostri</translation>
    </message>
</context>
<context>
    <name>TemplateMenu</name>
    <message>
        <source>Templates…</source>
        <translation>Schemi…</translation>
    </message>
    <message>
        <source>Ways of asking that the model knows, with classes to fill in</source>
        <translation>Modi di chiedere che il modello conosce, con classi da completare</translation>
    </message>
    <message>
        <source>{task} (several dates)</source>
        <translation>{task} (più date)</translation>
    </message>
</context>
<context>
    <name>TerraScope</name>
    <message>
        <source>&amp;Look</source>
        <translation>&amp;Esamina</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>&amp;Esamina di nuovo</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Modelli…</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>Ripro&amp;va</translation>
    </message>
    <message>
        <source>1 example</source>
        <translation>1 esempio</translation>
    </message>
    <message>
        <source>A build with CUDA may need 11 GB in all; less is free.</source>
        <translation>Una build con CUDA può richiedere 11 GB in tutto; lo spazio libero è minore.</translation>
    </message>
    <message>
        <source>A pattern chooses among the files of a folder: give a folder, or no pattern.</source>
        <translation>Uno schema sceglie tra i file di una cartella: indica una cartella, o nessuno schema.</translation>
    </message>
    <message>
        <source>Above the no-change floor</source>
        <translation>Sopra la soglia di non cambiamento</translation>
    </message>
    <message>
        <source>Another QGIS is installing the runtime into this profile: wait for it.</source>
        <translation>Un altro QGIS sta installando il runtime in questo profilo: attendi che finisca.</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Risposta</translation>
    </message>
    <message>
        <source>Answer: {answer}</source>
        <translation>Risposta: {answer}</translation>
    </message>
    <message>
        <source>Answered {time} with {versions}</source>
        <translation>Risposta del {time} con {versions}</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Area</translation>
    </message>
    <message>
        <source>Area (ha)</source>
        <translation>Area (ha)</translation>
    </message>
    <message>
        <source>Area of each mask: {figures}.</source>
        <translation>Area di ogni maschera: {figures}.</translation>
    </message>
    <message>
        <source>Area over the dates, on the ground that all of them show: {figures}.</source>
        <translation>Area alle varie date, sul terreno che tutte mostrano: {figures}.</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Chiedi</translation>
    </message>
    <message>
        <source>Ask a question about a scene</source>
        <translation>Fai una domanda su una scena</translation>
    </message>
    <message>
        <source>Asks through a tunnel, port {port}</source>
        <translation>Interroga tramite un tunnel, porta {port}</translation>
    </message>
    <message>
        <source>Asks {host}</source>
        <translation>Interroga {host}</translation>
    </message>
    <message>
        <source>Asks {url}</source>
        <translation>Interroga {url}</translation>
    </message>
    <message>
        <source>Automatic: the best that fits</source>
        <translation>Automatico: il migliore possibile</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>In serie</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>Adiacenza</translation>
    </message>
    <message>
        <source>Boundary uncertainty (± ha)</source>
        <translation>Incertezza del bordo (± ha)</translation>
    </message>
    <message>
        <source>CRS as in the GeoPackage</source>
        <translation>SR come nel GeoPackage</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Annullato.</translation>
    </message>
    <message>
        <source>Capture layers that are no files at (metres per pixel; empty: their own)</source>
        <translation>Cattura i layer che non sono file a (metri per pixel; vuoto: i propri)</translation>
    </message>
    <message>
        <source>Capturing {name}</source>
        <translation>Cattura di {name}</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Cambiamento</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Cambiamenti</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>Compiling packages, so that they start quickly</source>
        <translation>Compilazione dei pacchetti, perché si avviino rapidamente</translation>
    </message>
    <message>
        <source>Computed as {how}.</source>
        <translation>Calcolato con {how}.</translation>
    </message>
    <message>
        <source>Connecting to the remote runtime</source>
        <translation>Connessione al runtime remoto</translation>
    </message>
    <message>
        <source>Connecting to {url}…</source>
        <translation>Connessione a {url}…</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Conteggio</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Copertura</translation>
    </message>
    <message>
        <source>Date {number} has no scene: choose one, or remove the date.</source>
        <translation>La data {number} non ha una scena: scegline una, o rimuovi la data.</translation>
    </message>
    <message>
        <source>Days, like 2017-06-04; 2018-03-30 (empty: from metadata and names)</source>
        <translation>Giorni, come 2017-06-04; 2018-03-30 (vuoto: da metadati e nomi)</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Dettagli</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Distanza</translation>
    </message>
    <message>
        <source>Distance, centroids (m)</source>
        <translation>Distanza, centroidi (m)</translation>
    </message>
    <message>
        <source>Distance, edge to edge (m)</source>
        <translation>Distanza, da bordo a bordo (m)</translation>
    </message>
    <message>
        <source>Distances</source>
        <translation>Distanze</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Evidenze</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Estensione</translation>
    </message>
    <message>
        <source>Fetching Python</source>
        <translation>Scaricamento di Python</translation>
    </message>
    <message>
        <source>Fetching packages</source>
        <translation>Scaricamento dei pacchetti</translation>
    </message>
    <message>
        <source>Fetching {name}</source>
        <translation>Scaricamento di {name}</translation>
    </message>
    <message>
        <source>Fetching {package}</source>
        <translation>Scaricamento di {package}</translation>
    </message>
    <message>
        <source>Fewer bytes need less memory, and masks and answers become less exact</source>
        <translation>Con meno byte serve meno memoria, e maschere e risposte diventano meno esatte</translation>
    </message>
    <message>
        <source>Figures follow the masks as they were corrected by hand on {time}; </source>
        <translation>I valori seguono le maschere corrette a mano il {time}; </translation>
    </message>
    <message>
        <source>Files of {names} are missing or changed, perhaps by an anti-virus program: install again.</source>
        <translation>Mancano o sono cambiati file di {names}, forse a causa di un antivirus: installa di nuovo.</translation>
    </message>
    <message>
        <source>From image</source>
        <translation>Dall'immagine</translation>
    </message>
    <message>
        <source>From step</source>
        <translation>Dal passo</translation>
    </message>
    <message>
        <source>Further dates</source>
        <translation>Altre date</translation>
    </message>
    <message>
        <source>Further dates: SAR, in the same order</source>
        <translation>Altre date: SAR, nello stesso ordine</translation>
    </message>
    <message>
        <source>Further dates: cloud layers, in the same order</source>
        <translation>Altre date: layer nuvole, nello stesso ordine</translation>
    </message>
    <message>
        <source>Further dates: folders of bands (name a file in each, like *_MTL.txt)</source>
        <translation>Altre date: cartelle di bande (indica un file in ciascuna, come *_MTL.txt)</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Give one of the three: scenes, a folder, or a table of scenes.</source>
        <translation>Indica una delle tre: scene, una cartella o una tabella di scene.</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Aiuto</translation>
    </message>
    <message>
        <source>Hidden by clouds</source>
        <translation>Coperto da nuvole</translation>
    </message>
    <message>
        <source>How well it finds them on other places, with {bands}</source>
        <translation>Quanto bene le trova in altri luoghi, con {bands}</translation>
    </message>
    <message>
        <source>Hub sign-in</source>
        <translation>Accesso all'hub</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Immagine</translation>
    </message>
    <message>
        <source>Images over two pixels apart</source>
        <translation>Immagini disallineate di oltre due pixel</translation>
    </message>
    <message>
        <source>Installed only in part, again: {name}</source>
        <translation>Installato solo in parte, nuovo tentativo: {name}</translation>
    </message>
    <message>
        <source>Installing packages</source>
        <translation>Installazione dei pacchetti</translation>
    </message>
    <message>
        <source>IoU on held-out ground {before} → {after}</source>
        <translation>IoU sul terreno tenuto da parte {before} → {after}</translation>
    </message>
    <message>
        <source>IoU {iou}, coverage ± {error}</source>
        <translation>IoU {iou}, copertura ± {error}</translation>
    </message>
    <message>
        <source>It is a picture: its colours are no reflectance.</source>
        <translation>È una fotografia: i suoi colori non sono riflettanza.</translation>
    </message>
    <message>
        <source>Judgement</source>
        <translation>Valutazione</translation>
    </message>
    <message>
        <source>Known when the runtime answers.</source>
        <translation>Noto quando il runtime risponde.</translation>
    </message>
    <message>
        <source>Land cover</source>
        <translation>Copertura del suolo</translation>
    </message>
    <message>
        <source>Land cover per polygon</source>
        <translation>Copertura del suolo per poligono</translation>
    </message>
    <message>
        <source>Larger of two</source>
        <translation>Il più grande di due</translation>
    </message>
    <message>
        <source>Leave out parts smaller than (ha)</source>
        <translation>Escludi le parti più piccole di (ha)</translation>
    </message>
    <message>
        <source>Looked at twice</source>
        <translation>Guardato due volte</translation>
    </message>
    <message>
        <source>Looking at the package index</source>
        <translation>Consultazione dell'indice dei pacchetti</translation>
    </message>
    <message>
        <source>Looking at this computer</source>
        <translation>Esame di questo computer</translation>
    </message>
    <message>
        <source>Looking for Python 3.11, 3.12 or 3.13</source>
        <translation>Ricerca di Python 3.11, 3.12 o 3.13</translation>
    </message>
    <message>
        <source>Making the environment</source>
        <translation>Creazione dell'ambiente</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Mappa</translation>
    </message>
    <message>
        <source>Mask score (0-1)</source>
        <translation>Punteggio della maschera (0-1)</translation>
    </message>
    <message>
        <source>Masks corrected by hand, and their figures measured again, {time}</source>
        <translation>Maschere corrette a mano, e i loro valori misurati di nuovo, {time}</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Misurato</translation>
    </message>
    <message>
        <source>Measured on the ellipsoid {ellipsoid}; ± is half a pixel along the boundary.</source>
        <translation>Misurato sull'ellissoide {ellipsoid}; ± è mezzo pixel lungo il bordo.</translation>
    </message>
    <message>
        <source>Model folder or name (empty: the model of the settings)</source>
        <translation>Cartella o nome del modello (vuoto: il modello delle impostazioni)</translation>
    </message>
    <message>
        <source>Model: {figure}</source>
        <translation>Modello: {figure}</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelli…</translation>
    </message>
    <message>
        <source>Names of its scenes, like *.tif or **/*_B04.tif (empty: all rasters)</source>
        <translation>Nomi delle sue scene, come *.tif o **/*_B04.tif (vuoto: tutti i raster)</translation>
    </message>
    <message>
        <source>No NVIDIA driver was found, so the processor computes. The package index has only the large CUDA build for Linux (2.7 GB to fetch); name an index of CPU builds under “Other ways” to fetch 0.2 GB instead.</source>
        <translation>Non è stato trovato alcun driver NVIDIA, quindi calcola il processore. Per Linux l'indice dei pacchetti ha solo la grande build CUDA (2,7 GB da scaricare); indica un indice di build per CPU in “Altri modi” per scaricare invece 0,2 GB.</translation>
    </message>
    <message>
        <source>No NVIDIA driver was found: PyTorch's build for the processor.</source>
        <translation>Non è stato trovato alcun driver NVIDIA: build di PyTorch per il processore.</translation>
    </message>
    <message>
        <source>No Python 3.11, 3.12 or 3.13 (64 bits) was found. Install one from python.org or your system's packages, or let the installer fetch one.</source>
        <translation>Non è stato trovato Python 3.11, 3.12 o 3.13 (64 bit). Installane uno da python.org o dai pacchetti del sistema, oppure lascia che l'installazione ne scarichi uno.</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>Nessun valore</translation>
    </message>
    <message>
        <source>No data in at least one image</source>
        <translation>Nessun valore in almeno un'immagine</translation>
    </message>
    <message>
        <source>No secure connection can be made to {url}: see Details.</source>
        <translation>Impossibile stabilire una connessione sicura a {url}: vedi Dettagli.</translation>
    </message>
    <message>
        <source>No style for {layer}: {why}</source>
        <translation>Nessuno stile per {layer}: {why}</translation>
    </message>
    <message>
        <source>None of the polygons “{name}” has a class in the field {field}: fill it in.</source>
        <translation>Nessuno dei poligoni “{name}” ha una classe nel campo {field}: compilalo.</translation>
    </message>
    <message>
        <source>Not seen</source>
        <translation>Non visto</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Nothing could be captured of the layer “{name}”: check that QGIS shows it there.</source>
        <translation>Impossibile catturare il layer “{name}”: controlla che QGIS lo mostri in quel punto.</translation>
    </message>
    <message>
        <source>Nothing listens at {url}: is the tunnel open?</source>
        <translation>Nulla è in ascolto su {url}: il tunnel è aperto?</translation>
    </message>
    <message>
        <source>Nothing listens at {url}: start the runtime there, and check the port.</source>
        <translation>Nulla è in ascolto su {url}: avvia lì il runtime e controlla la porta.</translation>
    </message>
    <message>
        <source>On another machine: {url}</source>
        <translation>Su un altro computer: {url}</translation>
    </message>
    <message>
        <source>Optical and SAR of one date together</source>
        <translation>Ottico e SAR di una data insieme</translation>
    </message>
    <message>
        <source>Or a table of scene, sar, dates, question (CSV), or STAC items (JSON)</source>
        <translation>Oppure una tabella di scene, sar, dates, question (CSV), o elementi STAC (JSON)</translation>
    </message>
    <message>
        <source>Or all scenes of a folder</source>
        <translation>Oppure tutte le scene di una cartella</translation>
    </message>
    <message>
        <source>Over the dates</source>
        <translation>Nel corso delle date</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Posizione</translation>
    </message>
    <message>
        <source>Polygon {number}.</source>
        <translation>Poligono {number}.</translation>
    </message>
    <message>
        <source>Preparing the installer</source>
        <translation>Preparazione dell'installazione</translation>
    </message>
    <message>
        <source>PyTorch comes from the index you named, build {build}.</source>
        <translation>PyTorch proviene dall'indice che hai indicato, build {build}.</translation>
    </message>
    <message>
        <source>PyTorch's CUDA build suits it.</source>
        <translation>La build CUDA di PyTorch è adatta.</translation>
    </message>
    <message>
        <source>PyTorch's build for macOS; it uses Apple's GPU where there is one.</source>
        <translation>Build di PyTorch per macOS; usa la GPU di Apple, se presente.</translation>
    </message>
    <message>
        <source>Python {version}: {path}</source>
        <translation>Python {version}: {path}</translation>
    </message>
    <message>
        <source>QGIS cannot measure on the ellipsoid of {crs}: reproject the scene.</source>
        <translation>QGIS non può misurare sull'ellissoide di {crs}: riproietta la scena.</translation>
    </message>
    <message>
        <source>QGIS measures {here} ha for {phrase}, the report says {there} ha.</source>
        <translation>QGIS misura {here} ha per {phrase}, il report indica {there} ha.</translation>
    </message>
    <message>
        <source>QGIS's proxy makes no connection to {url}: see Details.</source>
        <translation>Il proxy di QGIS non stabilisce la connessione a {url}: vedi Dettagli.</translation>
    </message>
    <message>
        <source>QGIS's proxy {host} is not an HTTP proxy, and a remote runtime is reached through no other: add the runtime's address to those without proxy in Settings &gt; Options &gt; Network.</source>
        <translation>Il proxy di QGIS {host} non è un proxy HTTP, e un runtime remoto non si raggiunge tramite altri: aggiungi l'indirizzo del runtime a quelli senza proxy in Impostazioni &gt; Opzioni &gt; Rete.</translation>
    </message>
    <message>
        <source>QGIS's proxy {host} is not an HTTP proxy, and models can be fetched through no other: set one in Settings &gt; Options &gt; Network.</source>
        <translation>Il proxy di QGIS {host} non è un proxy HTTP, e i modelli non si possono scaricare tramite altri: impostane uno in Impostazioni &gt; Opzioni &gt; Rete.</translation>
    </message>
    <message>
        <source>QGIS's trusted certificates cannot be read: check them in Settings &gt; Options &gt; Authentication.</source>
        <translation>Impossibile leggere i certificati attendibili di QGIS: controllali in Impostazioni &gt; Opzioni &gt; Autenticazione.</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>Classifica</translation>
    </message>
    <message>
        <source>Reading {name}: {percent} %</source>
        <translation>Lettura di {name}: {percent} %</translation>
    </message>
    <message>
        <source>Reasoning profile</source>
        <translation>Profilo di ragionamento</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Regione</translation>
    </message>
    <message>
        <source>Removing</source>
        <translation>Rimozione</translation>
    </message>
    <message>
        <source>Report (JSON)</source>
        <translation>Report (JSON)</translation>
    </message>
    <message>
        <source>Runtime…</source>
        <translation>Runtime…</translation>
    </message>
    <message>
        <source>SAR scenes</source>
        <translation>Scene SAR</translation>
    </message>
    <message>
        <source>Say what you show: choose a class, or write its name.</source>
        <translation>Indica che cosa mostri: scegli una classe, o scrivi il suo nome.</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Scene</translation>
    </message>
    <message>
        <source>Scenes of over four million pixels: reason over</source>
        <translation>Scene di oltre quattro milioni di pixel: ragiona su</translation>
    </message>
    <message>
        <source>Sending {name}: {percent} %, {done} of {total} MB</source>
        <translation>Invio di {name}: {percent} %, {done} di {total} MB</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Share of the scene</source>
        <translation>Parte della scena</translation>
    </message>
    <message>
        <source>Share of the scene (%)</source>
        <translation>Parte della scena (%)</translation>
    </message>
    <message>
        <source>Share of tokens from SAR (0-1)</source>
        <translation>Quota di token dal SAR (0-1)</translation>
    </message>
    <message>
        <source>Shared edge (m)</source>
        <translation>Bordo comune (m)</translation>
    </message>
    <message>
        <source>Show or hide {region} on the map</source>
        <translation>Mostra o nascondi {region} sulla mappa</translation>
    </message>
    <message>
        <source>Something unexpected went wrong in the plugin: please report it with its details.</source>
        <translation>Si è verificato un errore inatteso nel plugin: segnalalo con i suoi dettagli.</translation>
    </message>
    <message>
        <source>Starting the runtime</source>
        <translation>Avvio del runtime</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Passo</translation>
    </message>
    <message>
        <source>Sure or not is how well such masks fitted where the truth is known (mean IoU, 0 to 1; {places}); your place may be unlike those.</source>
        <translation>La sicurezza indica quanto bene maschere simili corrispondevano dove la verità è nota (IoU media, da 0 a 1; {places}); il tuo luogo può essere diverso da quelli.</translation>
    </message>
    <message>
        <source>Sure or not is the model's own guess of how well each mask fits (0 to 1); it is not calibrated against truth.</source>
        <translation>La sicurezza è la stima del modello stesso di quanto bene corrisponde ogni maschera (da 0 a 1); non è calibrata sulla verità.</translation>
    </message>
    <message>
        <source>Tables and STAC items (*.csv *.json *.geojson)</source>
        <translation>Tabelle ed elementi STAC (*.csv *.json *.geojson)</translation>
    </message>
    <message>
        <source>Taught here</source>
        <translation>Insegnato qui</translation>
    </message>
    <message>
        <source>That is beyond the scene: show a place within it.</source>
        <translation>È fuori dalla scena: mostra un luogo al suo interno.</translation>
    </message>
    <message>
        <source>The CRS of the layer “{name}” was changed to {here}, its file says {there}: assign the right one to the file (Raster &gt; Projections &gt; Assign Projection).</source>
        <translation>Il SR del layer “{name}” è stato cambiato in {here}, il suo file indica {there}: assegna al file quello giusto (Raster &gt; Proiezioni &gt; Assegna proiezione).</translation>
    </message>
    <message>
        <source>The answer could not be kept in {folder}: see Details, and ask again.</source>
        <translation>Impossibile conservare la risposta in {folder}: vedi Dettagli, e chiedi di nuovo.</translation>
    </message>
    <message>
        <source>The certificate of {url} has expired: make a new one there.</source>
        <translation>Il certificato di {url} è scaduto: creane lì uno nuovo.</translation>
    </message>
    <message>
        <source>The certificate of {url} is for another name: use the one it is made for.</source>
        <translation>Il certificato di {url} è per un altro nome: usa quello per cui è stato creato.</translation>
    </message>
    <message>
        <source>The certificate of {url} is not trusted: import its authority in Settings &gt; Options &gt; Authentication &gt; Manage Certificates &gt; Authorities, as trusted.</source>
        <translation>Il certificato di {url} non è attendibile: importa la sua autorità in Impostazioni &gt; Opzioni &gt; Autenticazione &gt; Gestisci Certificati &gt; Autorità, come attendibile.</translation>
    </message>
    <message>
        <source>The connection to {url} was lost; nothing was written. Ask again.</source>
        <translation>La connessione a {url} è stata persa; non è stato scritto nulla. Chiedi di nuovo.</translation>
    </message>
    <message>
        <source>The corrected mask could not be measured: see the log.</source>
        <translation>Impossibile misurare la maschera corretta: vedi il log.</translation>
    </message>
    <message>
        <source>The corrected mask was not measured: save it once more.</source>
        <translation>La maschera corretta non è stata misurata: salvala ancora una volta.</translation>
    </message>
    <message>
        <source>The extent lies where {crs} does not reach: choose another one.</source>
        <translation>L'estensione si trova dove {crs} non arriva: scegline un'altra.</translation>
    </message>
    <message>
        <source>The file of the answer, {path}, is not there any more: ask again.</source>
        <translation>Il file della risposta, {path}, non esiste più: chiedi di nuovo.</translation>
    </message>
    <message>
        <source>The folder {folder} for results cannot be made: choose another one.</source>
        <translation>Impossibile creare la cartella {folder} per i risultati: scegline un'altra.</translation>
    </message>
    <message>
        <source>The folder {folder} for results cannot be written to: choose another one.</source>
        <translation>Impossibile scrivere nella cartella {folder} per i risultati: scegline un'altra.</translation>
    </message>
    <message>
        <source>The history cannot be deleted: {why}</source>
        <translation>Impossibile eliminare la cronologia: {why}</translation>
    </message>
    <message>
        <source>The history cannot be kept: {why}</source>
        <translation>Impossibile conservare la cronologia: {why}</translation>
    </message>
    <message>
        <source>The layer {layer} is missing from the GeoPackage.</source>
        <translation>Il layer {layer} manca nel GeoPackage.</translation>
    </message>
    <message>
        <source>The layer “{name}” does not reach the extent: choose another one.</source>
        <translation>Il layer “{name}” non raggiunge l'estensione: scegline un altro.</translation>
    </message>
    <message>
        <source>The layer “{name}” has no coordinate reference system: assign one to the file (Raster &gt; Projections &gt; Assign Projection).</source>
        <translation>Il layer “{name}” non ha un sistema di riferimento delle coordinate: assegnane uno al file (Raster &gt; Proiezioni &gt; Assegna proiezione).</translation>
    </message>
    <message>
        <source>The layer “{name}” has no coordinate reference system: set one in its properties.</source>
        <translation>Il layer “{name}” non ha un sistema di riferimento delle coordinate: impostane uno nelle sue proprietà.</translation>
    </message>
    <message>
        <source>The layer “{name}” is a picture that a server draws: give the resolution it is to be captured at, and an extent.</source>
        <translation>Il layer “{name}” è un'immagine disegnata da un server: indica la risoluzione a cui catturarla, e un'estensione.</translation>
    </message>
    <message>
        <source>The layer “{name}” is broken: repair its source or remove it.</source>
        <translation>Il layer “{name}” è danneggiato: ripara la sua sorgente o rimuovilo.</translation>
    </message>
    <message>
        <source>The layer “{name}” is not a local raster file ({kind}): save it as a GeoTIFF (Export &gt; Save As) and ask about that.</source>
        <translation>Il layer “{name}” non è un file raster locale ({kind}): salvalo come GeoTIFF (Esporta &gt; Salva con Nome) e fai la domanda su quello.</translation>
    </message>
    <message>
        <source>The layer “{name}” is not a plain file on this computer ({source}): save it as a GeoTIFF (Export &gt; Save As) and ask about that.</source>
        <translation>Il layer “{name}” non è un semplice file su questo computer ({source}): salvalo come GeoTIFF (Esporta &gt; Salva con Nome) e fai la domanda su quello.</translation>
    </message>
    <message>
        <source>The layer “{name}” would be captured as {width} × {height} pixels: choose a smaller extent or a coarser resolution.</source>
        <translation>Il layer “{name}” verrebbe catturato con {width} × {height} pixel: scegli un'estensione minore o una risoluzione più bassa.</translation>
    </message>
    <message>
        <source>The map of the report cannot be kept in {folder}: make room there.</source>
        <translation>Impossibile conservare la mappa del report in {folder}: libera spazio lì.</translation>
    </message>
    <message>
        <source>The model gave no answer.</source>
        <translation>Il modello non ha dato risposta.</translation>
    </message>
    <message>
        <source>The model {name} is in a folder of this machine: choose one that the remote runtime has.</source>
        <translation>Il modello {name} è in una cartella di questo computer: scegline uno che il runtime remoto possiede.</translation>
    </message>
    <message>
        <source>The name {host} is not known in this network: check the address.</source>
        <translation>Il nome {host} non è noto in questa rete: controlla l'indirizzo.</translation>
    </message>
    <message>
        <source>The packages are there, but a system library is missing. On Windows install the Microsoft Visual C++ Redistributable (x64); on Linux see the log for its name.</source>
        <translation>I pacchetti ci sono, ma manca una libreria di sistema. Su Windows installa Microsoft Visual C++ Redistributable (x64); su Linux il suo nome è nel log.</translation>
    </message>
    <message>
        <source>The packages are there, but do not work together: see the log.</source>
        <translation>I pacchetti ci sono, ma non funzionano insieme: vedi il log.</translation>
    </message>
    <message>
        <source>The password of the chosen sign-in is no key of a runtime, which has 32 or more hexadecimal digits: choose another one in Settings &gt; Options &gt; TerraScope.</source>
        <translation>La password dell'accesso scelto non è la chiave di un runtime, che ha 32 o più cifre esadecimali: scegline un altro in Impostazioni &gt; Opzioni &gt; TerraScope.</translation>
    </message>
    <message>
        <source>The plugin has version {ours}: update whichever is older.</source>
        <translation>Il plugin ha la versione {ours}: aggiorna il più vecchio dei due.</translation>
    </message>
    <message>
        <source>The polygon does not meet the scene.</source>
        <translation>Il poligono non incontra la scena.</translation>
    </message>
    <message>
        <source>The polygons could not be written to {path}: {why}.</source>
        <translation>Impossibile scrivere i poligoni in {path}: {why}.</translation>
    </message>
    <message>
        <source>The polygons “{name}” have no coordinate reference system: assign one to the layer.</source>
        <translation>I poligoni “{name}” non hanno un sistema di riferimento delle coordinate: assegnane uno al layer.</translation>
    </message>
    <message>
        <source>The question of this polygon is empty.</source>
        <translation>La domanda di questo poligono è vuota.</translation>
    </message>
    <message>
        <source>The remote runtime gave its answer no name: update it.</source>
        <translation>Il runtime remoto non ha dato un nome alla sua risposta: aggiornalo.</translation>
    </message>
    <message>
        <source>The remote runtime needs its key: choose a sign-in with it in Settings &gt; Options &gt; TerraScope.</source>
        <translation>Il runtime remoto richiede la sua chiave: scegli un accesso che la contenga in Impostazioni &gt; Opzioni &gt; TerraScope.</translation>
    </message>
    <message>
        <source>The report could not be written to {path}: {why}.</source>
        <translation>Impossibile scrivere il report in {path}: {why}.</translation>
    </message>
    <message>
        <source>The runtime answered without writing a GeoPackage: update the plugin or its runtime.</source>
        <translation>Il runtime ha risposto senza scrivere un GeoPackage: aggiorna il plugin o il suo runtime.</translation>
    </message>
    <message>
        <source>The runtime at {url} does not accept the key: choose the sign-in with the right one in Settings &gt; Options &gt; TerraScope.</source>
        <translation>Il runtime su {url} non accetta la chiave: scegli l'accesso con quella giusta in Impostazioni &gt; Opzioni &gt; TerraScope.</translation>
    </message>
    <message>
        <source>The runtime at {url} does not know itself by that name: start it with “--host {host}”.</source>
        <translation>Il runtime su {url} non si riconosce in quel nome: avvialo con “--host {host}”.</translation>
    </message>
    <message>
        <source>The runtime at {url} speaks protocol {theirs}, the plugin {ours}: update whichever is older.</source>
        <translation>Il runtime su {url} usa il protocollo {theirs}, il plugin {ours}: aggiorna il più vecchio dei due.</translation>
    </message>
    <message>
        <source>The runtime at {url} takes no scenes: start it there with “serve --remote”.</source>
        <translation>Il runtime su {url} non accetta scene: avvialo lì con “serve --remote”.</translation>
    </message>
    <message>
        <source>The runtime could not be looked at: see the log.</source>
        <translation>Impossibile esaminare il runtime: vedi il log.</translation>
    </message>
    <message>
        <source>The runtime could not be started: see Details.</source>
        <translation>Impossibile avviare il runtime: vedi Dettagli.</translation>
    </message>
    <message>
        <source>The runtime did not say where it listens: install it again.</source>
        <translation>Il runtime non ha indicato dove è in ascolto: installalo di nuovo.</translation>
    </message>
    <message>
        <source>The runtime did not start in two minutes: see Details, then ask again.</source>
        <translation>Il runtime non si è avviato in due minuti: vedi Dettagli, poi chiedi di nuovo.</translation>
    </message>
    <message>
        <source>The runtime does not answer {path} in JSON: install it again.</source>
        <translation>Il runtime non risponde a {path} in JSON: installalo di nuovo.</translation>
    </message>
    <message>
        <source>The runtime ended before it had done this (exit code {code}): see Details.</source>
        <translation>Il runtime è terminato prima di aver finito (codice di uscita {code}): vedi Dettagli.</translation>
    </message>
    <message>
        <source>The runtime ended before it was done (exit code {code}): see the log.</source>
        <translation>Il runtime è terminato prima di aver finito (codice di uscita {code}): vedi il log.</translation>
    </message>
    <message>
        <source>The runtime ended before the model was taught (exit code {code}): see Details.</source>
        <translation>Il runtime è terminato prima che il modello fosse addestrato (codice di uscita {code}): vedi Dettagli.</translation>
    </message>
    <message>
        <source>The runtime ended while it was starting (exit code {code}): see Details.</source>
        <translation>Il runtime è terminato durante l'avvio (codice di uscita {code}): vedi Dettagli.</translation>
    </message>
    <message>
        <source>The runtime is busy: it is asked again in {seconds} s</source>
        <translation>Il runtime è occupato: nuova richiesta tra {seconds} s</translation>
    </message>
    <message>
        <source>The runtime refused the request (HTTP {status}): see the log.</source>
        <translation>Il runtime ha rifiutato la richiesta (HTTP {status}): vedi il log.</translation>
    </message>
    <message>
        <source>The runtime says something this plugin does not understand: update both.</source>
        <translation>Il runtime dice qualcosa che questo plugin non capisce: aggiorna entrambi.</translation>
    </message>
    <message>
        <source>The runtime speaks protocol {theirs}, the plugin {ours}: update whichever is older.</source>
        <translation>Il runtime usa il protocollo {theirs}, il plugin {ours}: aggiorna il più vecchio dei due.</translation>
    </message>
    <message>
        <source>The runtime stopped before it had answered; nothing was written. Ask again: it is started anew.</source>
        <translation>Il runtime si è fermato prima di aver risposto; non è stato scritto nulla. Chiedi di nuovo: viene riavviato.</translation>
    </message>
    <message>
        <source>The runtime was not looked at: try again.</source>
        <translation>Il runtime non è stato esaminato: riprova.</translation>
    </message>
    <message>
        <source>The runtime's Python at {path} does not start: {why}.</source>
        <translation>Il Python del runtime in {path} non si avvia: {why}.</translation>
    </message>
    <message>
        <source>The runtime's Python was not found at {path}: install it with Raster &gt; TerraScope &gt; Runtime….</source>
        <translation>Il Python del runtime non è stato trovato in {path}: installalo con Raster &gt; TerraScope &gt; Runtime….</translation>
    </message>
    <message>
        <source>The scene that this was asked about ({scene}) is not there any more: choose another.</source>
        <translation>La scena su cui è stata posta la domanda ({scene}) non esiste più: scegline un'altra.</translation>
    </message>
    <message>
        <source>The sign-in could not be read from QGIS's password store: unlock it, or choose another sign-in.</source>
        <translation>Impossibile leggere l'accesso dall'archivio delle password di QGIS: sbloccalo, o scegli un altro accesso.</translation>
    </message>
    <message>
        <source>The sign-in “{name}” holds no access key: choose one of the kind “Basic” with the key as its password.</source>
        <translation>L'accesso “{name}” non contiene una chiave di accesso: scegline uno del tipo “Basic” con la chiave come password.</translation>
    </message>
    <message>
        <source>The tunnel at {url} gives no answer: is the runtime running at its other end? Nothing was written.</source>
        <translation>Il tunnel su {url} non risponde: il runtime è in esecuzione all'altro capo? Non è stato scritto nulla.</translation>
    </message>
    <message>
        <source>There are no wheels (*.whl) in {folder}.</source>
        <translation>Non ci sono wheel (*.whl) in {folder}.</translation>
    </message>
    <message>
        <source>There are {given} days for {count} date(s): give one day for each date.</source>
        <translation>Ci sono {given} giorni per {count} date: indica un giorno per ogni data.</translation>
    </message>
    <message>
        <source>There is no Python at {path}.</source>
        <translation>Non c'è Python in {path}.</translation>
    </message>
    <message>
        <source>There is no polygon.</source>
        <translation>Non ci sono poligoni.</translation>
    </message>
    <message>
        <source>There is no question yet: write one, or pick an example.</source>
        <translation>Non c'è ancora nessuna domanda: scrivine una, o scegli un esempio.</translation>
    </message>
    <message>
        <source>There is no scene yet: add a raster layer and choose it.</source>
        <translation>Non c'è ancora nessuna scena: aggiungi un layer raster e sceglilo.</translation>
    </message>
    <message>
        <source>There is nothing at {path}: choose the file or folder again.</source>
        <translation>Non c'è nulla in {path}: scegli di nuovo il file o la cartella.</translation>
    </message>
    <message>
        <source>To image</source>
        <translation>All'immagine</translation>
    </message>
    <message>
        <source>To step</source>
        <translation>Al passo</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Strumenti</translation>
    </message>
    <message>
        <source>Touching</source>
        <translation>A contatto</translation>
    </message>
    <message>
        <source>Trying it out</source>
        <translation>Prova</translation>
    </message>
    <message>
        <source>Unpacking packages</source>
        <translation>Estrazione dei pacchetti</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Incerto</translation>
    </message>
    <message>
        <source>Version {version}, computes on {device}, takes files of up to {limit}</source>
        <translation>Versione {version}, calcola su {device}, accetta file fino a {limit}</translation>
    </message>
    <message>
        <source>Visual tokens</source>
        <translation>Token visivi</translation>
    </message>
    <message>
        <source>Waiting for {count} other question(s)</source>
        <translation>In attesa di altre domande: {count}</translation>
    </message>
    <message>
        <source>Weights in memory</source>
        <translation>Pesi in memoria</translation>
    </message>
    <message>
        <source>Weights in memory (empty: as in the settings)</source>
        <translation>Pesi in memoria (vuoto: come nelle impostazioni)</translation>
    </message>
    <message>
        <source>What answers at {url} is no TerraScope runtime: check the address and the port.</source>
        <translation>Ciò che risponde su {url} non è un runtime di TerraScope: controlla l'indirizzo e la porta.</translation>
    </message>
    <message>
        <source>What clouds hide, where there is no SAR</source>
        <translation>Ciò che le nuvole nascondono, dove non c'è SAR</translation>
    </message>
    <message>
        <source>What listens at {url} speaks no HTTPS: check the address and the port.</source>
        <translation>Ciò che è in ascolto su {url} non usa HTTPS: controlla l'indirizzo e la porta.</translation>
    </message>
    <message>
        <source>What the model says</source>
        <translation>Che cosa dice il modello</translation>
    </message>
    <message>
        <source>With {bands}</source>
        <translation>Con {bands}</translation>
    </message>
    <message>
        <source>a certificate was not accepted. Your network probably looks into encrypted connections: ask its administrator for the certificate and name its file in the environment variable SSL_CERT_FILE (and PIP_CERT), or install from a folder of wheels.</source>
        <translation>un certificato non è stato accettato. Probabilmente la tua rete ispeziona le connessioni cifrate: chiedi il certificato all'amministratore e indica il suo file nella variabile d'ambiente SSL_CERT_FILE (e PIP_CERT), oppure installa da una cartella di wheel.</translation>
    </message>
    <message>
        <source>a file was in use, often by an anti-virus program. Wait a moment and try again; if it comes back, except the folder terrascope/runtime of your QGIS profile from the scan.</source>
        <translation>un file era in uso, spesso da parte di un antivirus. Attendi un momento e riprova; se si ripete, escludi dalla scansione la cartella terrascope/runtime del tuo profilo di QGIS.</translation>
    </message>
    <message>
        <source>a package has no file for this system and this Python. Look into the log for its name; in a folder of wheels it is missing, else install Python 3.12 and try again.</source>
        <translation>un pacchetto non ha un file per questo sistema e questo Python. Cerca il suo nome nel log; in una cartella di wheel manca, altrimenti installa Python 3.12 e riprova.</translation>
    </message>
    <message>
        <source>a package is not the one that was published. Try again; if it comes back, your package index or proxy changes files: tell its administrator.</source>
        <translation>un pacchetto non è quello che è stato pubblicato. Riprova; se si ripete, l'indice dei pacchetti o il proxy modifica i file: avvisa il suo amministratore.</translation>
    </message>
    <message>
        <source>a system library is missing. On Windows install the Microsoft Visual C++ Redistributable (x64); on Linux a newer system (glibc 2.28 or later) is needed.</source>
        <translation>manca una libreria di sistema. Su Windows installa Microsoft Visual C++ Redistributable (x64); su Linux serve un sistema più recente (glibc 2.28 o successiva).</translation>
    </message>
    <message>
        <source>as it has it</source>
        <translation>così com'è</translation>
    </message>
    <message>
        <source>as the cloud layer tells</source>
        <translation>come indica il layer nuvole</translation>
    </message>
    <message>
        <source>as the model sees them</source>
        <translation>come le vede il modello</translation>
    </message>
    <message>
        <source>bf16: two bytes a weight, as published</source>
        <translation>bf16: due byte per peso, come pubblicato</translation>
    </message>
    <message>
        <source>centres {distance}</source>
        <translation>centri {distance}</translation>
    </message>
    <message>
        <source>change: gained</source>
        <translation>cambiamento: guadagno</translation>
    </message>
    <message>
        <source>change: lost</source>
        <translation>cambiamento: perdita</translation>
    </message>
    <message>
        <source>corrected by hand</source>
        <translation>corretta a mano</translation>
    </message>
    <message>
        <source>distances</source>
        <translation>distanze</translation>
    </message>
    <message>
        <source>ellipsoid {name}</source>
        <translation>ellissoide {name}</translation>
    </message>
    <message>
        <source>examples: outlines</source>
        <translation>esempi: contorni</translation>
    </message>
    <message>
        <source>examples: points</source>
        <translation>esempi: punti</translation>
    </message>
    <message>
        <source>fair</source>
        <translation>discreta</translation>
    </message>
    <message>
        <source>fairly sure ({score})</source>
        <translation>abbastanza sicuro ({score})</translation>
    </message>
    <message>
        <source>files may not be written there. Give yourself the right to write into your QGIS profile.</source>
        <translation>lì non è consentito scrivere file. Assegnati il diritto di scrivere nel tuo profilo di QGIS.</translation>
    </message>
    <message>
        <source>fp32: four bytes a weight, exact</source>
        <translation>fp32: quattro byte per peso, esatto</translation>
    </message>
    <message>
        <source>fp8: one byte a weight, newer NVIDIA GPU only</source>
        <translation>fp8: un byte per peso, solo GPU NVIDIA recenti</translation>
    </message>
    <message>
        <source>good</source>
        <translation>buona</translation>
    </message>
    <message>
        <source>http to {host} would send your scenes and the key unprotected: use https, or http://127.0.0.1:port with an SSH tunnel.</source>
        <translation>http verso {host} invierebbe le scene e la chiave senza protezione: usa https, oppure http://127.0.0.1:porta con un tunnel SSH.</translation>
    </message>
    <message>
        <source>image {number}</source>
        <translation>immagine {number}</translation>
    </message>
    <message>
        <source>incomplete</source>
        <translation>incompleto</translation>
    </message>
    <message>
        <source>int4: half a byte a weight, NVIDIA GPU only</source>
        <translation>int4: mezzo byte per peso, solo GPU NVIDIA</translation>
    </message>
    <message>
        <source>int8: one byte a weight</source>
        <translation>int8: un byte per peso</translation>
    </message>
    <message>
        <source>it is here</source>
        <translation>è qui</translation>
    </message>
    <message>
        <source>it is not here</source>
        <translation>non è qui</translation>
    </message>
    <message>
        <source>measured {figure}</source>
        <translation>misurato {figure}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nessuno</translation>
    </message>
    <message>
        <source>not fetched</source>
        <translation>non scaricato</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>non misurata</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>nulla trovato</translation>
    </message>
    <message>
        <source>nothing left</source>
        <translation>nulla rimasto</translation>
    </message>
    <message>
        <source>on this machine</source>
        <translation>su questo computer</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>scarsa</translation>
    </message>
    <message>
        <source>read from optical or SAR</source>
        <translation>letto da ottico o SAR</translation>
    </message>
    <message>
        <source>regions</source>
        <translation>regioni</translation>
    </message>
    <message>
        <source>scenes</source>
        <translation>scene</translation>
    </message>
    <message>
        <source>see the log. “Copy diagnostics” has what a report needs.</source>
        <translation>vedi il log. “Copia diagnostica” contiene ciò che serve per una segnalazione.</translation>
    </message>
    <message>
        <source>sure ({score})</source>
        <translation>sicuro ({score})</translation>
    </message>
    <message>
        <source>taught from {base}</source>
        <translation>addestrato da {base}</translation>
    </message>
    <message>
        <source>the disk is full. Free some space and try again; what has been fetched is kept.</source>
        <translation>il disco è pieno. Libera spazio e riprova; ciò che è stato scaricato viene conservato.</translation>
    </message>
    <message>
        <source>the package index could not be reached. Check the network (and the proxy under Settings &gt; Options &gt; Network), then try again; what has been fetched is kept. Without a network: “Other ways”, a folder of wheels.</source>
        <translation>impossibile raggiungere l'indice dei pacchetti. Controlla la rete (e il proxy in Impostazioni &gt; Opzioni &gt; Rete), poi riprova; ciò che è stato scaricato viene conservato. Senza rete: “Altri modi”, una cartella di wheel.</translation>
    </message>
    <message>
        <source>the package index has no CUDA build for Windows: name PyTorch's index for {build} under “Other ways”. Until then the processor computes.</source>
        <translation>l'indice dei pacchetti non ha una build CUDA per Windows: indica l'indice di PyTorch per {build} in “Altri modi”. Fino ad allora calcola il processore.</translation>
    </message>
    <message>
        <source>the proxy did not let us through. Look at Settings &gt; Options &gt; Network in QGIS: address, user and password.</source>
        <translation>il proxy non ha consentito il passaggio. Controlla Impostazioni &gt; Opzioni &gt; Rete in QGIS: indirizzo, utente e password.</translation>
    </message>
    <message>
        <source>the words of the answer are the model's, from before.</source>
        <translation>le parole della risposta sono quelle del modello, di prima della correzione.</translation>
    </message>
    <message>
        <source>this Python cannot make environments. On Debian and Ubuntu: apt install python3-venv; elsewhere install Python 3.12 or uv, then try again.</source>
        <translation>questo Python non può creare ambienti. Su Debian e Ubuntu: apt install python3-venv; altrove installa Python 3.12 o uv, poi riprova.</translation>
    </message>
    <message>
        <source>too old for the CUDA build that the package index has (it needs 580 or newer): update the driver, or name an index of other builds under “Other ways”. Until then the processor computes.</source>
        <translation>troppo vecchio per la build CUDA dell'indice dei pacchetti (richiede 580 o successivo): aggiorna il driver, o indica un indice di altre build in “Altri modi”. Fino ad allora calcola il processore.</translation>
    </message>
    <message>
        <source>touching</source>
        <translation>a contatto</translation>
    </message>
    <message>
        <source>touching along {distance}</source>
        <translation>a contatto per {distance}</translation>
    </message>
    <message>
        <source>unchanged {area}</source>
        <translation>invariato {area}</translation>
    </message>
    <message>
        <source>unsure ({score})</source>
        <translation>incerto ({score})</translation>
    </message>
    <message>
        <source>uv cannot be had: going on with pip.</source>
        <translation>uv non è disponibile: si continua con pip.</translation>
    </message>
    <message>
        <source>uv could not: trying with pip.</source>
        <translation>uv non è riuscito: si prova con pip.</translation>
    </message>
    <message>
        <source>with the plugin</source>
        <translation>con il plugin</translation>
    </message>
    <message>
        <source>{area} of the scene in {crs} were looked at.</source>
        <translation>Sono stati esaminati {area} della scena in {crs}.</translation>
    </message>
    <message>
        <source>{bands}, on places it was not trained on</source>
        <translation>{bands}, in luoghi su cui non è stato addestrato</translation>
    </message>
    <message>
        <source>{columns} × {rows} pixels of {x} × {y} m</source>
        <translation>{columns} × {rows} pixel di {x} × {y} m</translation>
    </message>
    <message>
        <source>{count} dates are more than can be asked about at once: choose up to {most}.</source>
        <translation>{count} date sono più di quante se ne possano interrogare insieme: scegline al massimo {most}.</translation>
    </message>
    <message>
        <source>{count} examples</source>
        <translation>{count} esempi</translation>
    </message>
    <message>
        <source>{count} examples are enough: take some back first.</source>
        <translation>{count} esempi bastano: prima annullane alcuni.</translation>
    </message>
    <message>
        <source>{count} polygons are selected: select up to {most}.</source>
        <translation>{count} poligoni sono selezionati: selezionane al massimo {most}.</translation>
    </message>
    <message>
        <source>{distance} apart</source>
        <translation>a {distance} di distanza</translation>
    </message>
    <message>
        <source>{done} of {count} packages</source>
        <translation>{done} di {count} pacchetti</translation>
    </message>
    <message>
        <source>{figures}: no change that can be told from noise</source>
        <translation>{figures}: nessun cambiamento distinguibile dal rumore</translation>
    </message>
    <message>
        <source>{images} come from (empty: as names and metadata tell)</source>
        <translation>{images}: provenienza (vuoto: come indicano nomi e metadati)</translation>
    </message>
    <message>
        <source>{layer} cannot be opened.</source>
        <translation>Impossibile aprire {layer}.</translation>
    </message>
    <message>
        <source>{name} cannot be read: check that it is there and that you may read it.</source>
        <translation>Impossibile leggere {name}: controlla che esista e che tu possa leggerlo.</translation>
    </message>
    <message>
        <source>{name} cannot be read: it is gone, or another program holds it; the answer itself is complete.</source>
        <translation>Impossibile leggere {name}: il file non c'è più, o lo tiene un altro programma; la risposta in sé è completa.</translation>
    </message>
    <message>
        <source>{name} cannot be written ({why}): choose another place.</source>
        <translation>Impossibile scrivere {name} ({why}): scegli un'altra posizione.</translation>
    </message>
    <message>
        <source>{name} cannot be written now: it is as it was. Save the layer again.</source>
        <translation>Impossibile scrivere {name} ora: è rimasto com'era. Salva di nuovo il layer.</translation>
    </message>
    <message>
        <source>{name} cannot be written to {folder}: check the disk and its permissions.</source>
        <translation>Impossibile scrivere {name} in {folder}: controlla il disco e i suoi permessi.</translation>
    </message>
    <message>
        <source>{name} cannot be written: choose another place.</source>
        <translation>Impossibile scrivere {name}: scegli un'altra posizione.</translation>
    </message>
    <message>
        <source>{name} changed while it was sent: wait until it is written, and ask again.</source>
        <translation>{name} è cambiato durante l'invio: attendi che sia scritto, e chiedi di nuovo.</translation>
    </message>
    <message>
        <source>{name} has {given} layers for {count} further dates: give one for each, in the same order.</source>
        <translation>{name} ha {given} layer per {count} altre date: indicane uno per ciascuna, nello stesso ordine.</translation>
    </message>
    <message>
        <source>{name} has {size}, and the remote runtime takes files of up to {limit}: save the part you ask about as a GeoTIFF (Export &gt; Save As).</source>
        <translation>{name} ha {size}, e il runtime remoto accetta file fino a {limit}: salva la parte su cui chiedi come GeoTIFF (Esporta &gt; Salva con Nome).</translation>
    </message>
    <message>
        <source>{name} is chosen twice: choose another file for each image.</source>
        <translation>{name} è stato scelto due volte: scegli un altro file per ogni immagine.</translation>
    </message>
    <message>
        <source>{name} is no report of TerraScope, or it cannot be read now: try again.</source>
        <translation>{name} non è un report di TerraScope, o non può essere letto ora: riprova.</translation>
    </message>
    <message>
        <source>{name} is no report of TerraScope, or it is damaged: choose a GeoPackage of an answer.</source>
        <translation>{name} non è un report di TerraScope, o è danneggiato: scegli un GeoPackage di una risposta.</translation>
    </message>
    <message>
        <source>{name} is no report of a batch: choose another file.</source>
        <translation>{name} non è un report di un'elaborazione in serie: scegli un altro file.</translation>
    </message>
    <message>
        <source>{name} is not on that machine: choose another one, or fetch it there.</source>
        <translation>{name} non è su quel computer: scegline un altro, o scaricalo lì.</translation>
    </message>
    <message>
        <source>{name} is not one raster file, and a remote runtime is sent nothing else: build one file of its bands (Raster &gt; Miscellaneous) and ask about that.</source>
        <translation>{name} non è un singolo file raster, e a un runtime remoto non si invia altro: crea un solo file dalle sue bande (Raster &gt; Miscellanea) e fai la domanda su quello.</translation>
    </message>
    <message>
        <source>{name} is not one raster file, and a remote runtime is sent nothing else: save it as a GeoTIFF (Export &gt; Save As) and ask about that.</source>
        <translation>{name} non è un singolo file raster, e a un runtime remoto non si invia altro: salvalo come GeoTIFF (Esporta &gt; Salva con Nome) e fai la domanda su quello.</translation>
    </message>
    <message>
        <source>{name} is not there any more: choose another report.</source>
        <translation>{name} non esiste più: scegli un altro report.</translation>
    </message>
    <message>
        <source>{name} is open in QGIS or another program: close it there or choose another name.</source>
        <translation>{name} è aperto in QGIS o in un altro programma: chiudilo lì o scegli un altro nome.</translation>
    </message>
    <message>
        <source>{name} is there already: choose another name for the report.</source>
        <translation>{name} esiste già: scegli un altro nome per il report.</translation>
    </message>
    <message>
        <source>{name} with driver {driver}: </source>
        <translation>{name} con driver {driver}: </translation>
    </message>
    <message>
        <source>{name}, on that machine</source>
        <translation>{name}, su quel computer</translation>
    </message>
    <message>
        <source>{path} does not work as a Python: see the log.</source>
        <translation>{path} non funziona come Python: vedi il log.</translation>
    </message>
    <message>
        <source>{path} is Python {version}; the runtime needs 3.11, 3.12 or 3.13.</source>
        <translation>{path} è Python {version}; il runtime richiede 3.11, 3.12 o 3.13.</translation>
    </message>
    <message>
        <source>{path} is missing or damaged: install the plugin again.</source>
        <translation>{path} manca o è danneggiato: installa di nuovo il plugin.</translation>
    </message>
    <message>
        <source>{path} lacks {count} of the runtime's packages: {names}.</source>
        <translation>A {path} mancano {count} dei pacchetti del runtime: {names}.</translation>
    </message>
    <message>
        <source>{phrase}: {examples}</source>
        <translation>{phrase}: {examples}</translation>
    </message>
    <message>
        <source>{region}: nothing found</source>
        <translation>{region}: nulla trovato</translation>
    </message>
    <message>
        <source>{region}: {area}. Point to light it up on the map, click to go there</source>
        <translation>{region}: {area}. Punta per evidenziarla sulla mappa, fai clic per raggiungerla</translation>
    </message>
    <message>
        <source>{resolution}, {width} × {height} pixels</source>
        <translation>{resolution}, {width} × {height} pixel</translation>
    </message>
    <message>
        <source>{scene}: SAR (radar)</source>
        <translation>{scene}: SAR (radar)</translation>
    </message>
    <message>
        <source>{scene}: cloud layer (SCL, QA_PIXEL or a mask)</source>
        <translation>{scene}: layer nuvole (SCL, QA_PIXEL o una maschera)</translation>
    </message>
    <message>
        <source>{scene}: folder of SAR bands instead</source>
        <translation>{scene}: o cartella di bande SAR</translation>
    </message>
    <message>
        <source>{scene}: folder of bands instead (SAFE, Landsat)</source>
        <translation>{scene}: o cartella di bande (SAFE, Landsat)</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{share} of its tokens from SAR</source>
        <translation>{share} dei suoi token dal SAR</translation>
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
        <translation>{size} in {tier} ✓</translation>
    </message>
    <message>
        <source>{size} as {tier}, not free here</source>
        <translation>{size} in {tier}, qui non libera</translation>
    </message>
    <message>
        <source>{size} kB</source>
        <translation>{size} kB</translation>
    </message>
    <message>
        <source>{step} failed: uv, which fetches it, could not be installed; see the log.</source>
        <translation>Errore in “{step}”: impossibile installare uv, che lo scarica; vedi il log.</translation>
    </message>
    <message>
        <source>{step} failed: {free} are free in {folder}, and about {needed} are needed.</source>
        <translation>Errore in “{step}”: in {folder} sono liberi {free}, e ne servono circa {needed}.</translation>
    </message>
    <message>
        <source>{step} failed: {why}</source>
        <translation>Errore in “{step}”: {why}</translation>
    </message>
    <message>
        <source>{text} lacks the port of the tunnel: write http://127.0.0.1:8437.</source>
        <translation>In {text} manca la porta del tunnel: scrivi http://127.0.0.1:8437.</translation>
    </message>
    <message>
        <source>{url} does not answer: check that the machine is on and can be reached.</source>
        <translation>{url} non risponde: controlla che il computer sia acceso e raggiungibile.</translation>
    </message>
    <message>
        <source>{value} points</source>
        <translation>{value} punti</translation>
    </message>
    <message>
        <source>– not measured</source>
        <translation>– non misurata</translation>
    </message>
    <message>
        <source>“{layer}” ({provider}) was captured at {size}, in {crs}.</source>
        <translation>“{layer}” ({provider}) è stato catturato a {size}, in {crs}.</translation>
    </message>
    <message>
        <source>“{part}” does not name a class: write the names like 1=water; 2=heath.</source>
        <translation>“{part}” non nomina una classe: scrivi i nomi come 1=water; 2=heath.</translation>
    </message>
    <message>
        <source>“{text}” is no address of a remote runtime: write https://host:port, or http://127.0.0.1:port for an SSH tunnel.</source>
        <translation>“{text}” non è l'indirizzo di un runtime remoto: scrivi https://host:porta, oppure http://127.0.0.1:porta per un tunnel SSH.</translation>
    </message>
    <message>
        <source>“{text}” is not a day: write it like 2017-06-04.</source>
        <translation>“{text}” non è un giorno: scrivilo come 2017-06-04.</translation>
    </message>
    <message>
        <source>… and {count} more, in the GeoPackage</source>
        <translation>… e {count} altri, nel GeoPackage</translation>
    </message>
</context>
<context>
    <name>TerraScopeDock</name>
    <message>
        <source>Answer</source>
        <translation>Risposta</translation>
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation>Annullato; non è stato scritto nulla.</translation>
    </message>
    <message>
        <source>Waiting for {count} other question(s)</source>
        <translation>In attesa di altre domande: {count}</translation>
    </message>
</context>
<context>
    <name>TerraScopeProvider</name>
    <message>
        <source>TerraScope: questions about Earth-observation scenes</source>
        <translation>TerraScope: domande su scene di osservazione della Terra</translation>
    </message>
</context>
<context>
    <name>ZonalAnswersAlgorithm</name>
    <message>
        <source>All evidence</source>
        <translation>Tutte le evidenze</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Risposte</translation>
    </message>
    <message>
        <source>Ask about each polygon</source>
        <translation>Interroga ogni poligono</translation>
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
        <translation>Pone una domanda sul terreno di ogni poligono di un layer e unisce le risposte e gli ettari a una copia del layer.

Scena, SAR: come in “Interroga una scena”. Un layer che non è un file viene catturato fin dove arrivano i poligoni. Poligoni: un qualsiasi layer di poligoni, in qualsiasi sistema di coordinate.
Domanda: un'espressione che viene valutata per ogni poligono. Le parole stanno tra virgolette singole; fra di esse si possono mettere campi, come 'How many hectares of ' || "cover" || ' are there?'.
Regioni da misurare: il nome delle regioni di cui si vuole l'area, come water; le aree di tutte le regioni con quel nome vengono sommate. Se vuoto, è la prima regione della risposta.

Risultato: i poligoni con i loro campi, e question, answer, phrase (nome della regione), area_ha, coverage_pct (di ciò che la scena mostra lì), score (quello del modello, da 0 a 1), regions (tutte, con i loro ettari), status e reason. status è answered; skipped, per un poligono che non incontra la scena o è senza terreno; oppure failed. I campi di ciò che non ha avuto risposta sono vuoti (NULL), e reason ne indica il motivo; gli altri poligoni vengono comunque interrogati. area_ha è vuoto dove non è stata delimitata alcuna regione.
Tutte le evidenze: un solo report con le maschere di tutti i poligoni (richiede il runtime di questo computer).
ANSWERED e FAILED contano i poligoni; quelli saltati contano come falliti.

Un poligono di pochi pixel mostra poco al modello: guarda le maschere prima di fidarti di un valore.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Annullato.</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Polygons</source>
        <translation>Poligoni</translation>
    </message>
    <message>
        <source>Polygons answered</source>
        <translation>Poligoni con risposta</translation>
    </message>
    <message>
        <source>Polygons without an answer</source>
        <translation>Poligoni senza risposta</translation>
    </message>
    <message>
        <source>Question (an expression)</source>
        <translation>Domanda (un'espressione)</translation>
    </message>
    <message>
        <source>Regions to measure (empty: the first of the answer)</source>
        <translation>Regioni da misurare (vuoto: la prima della risposta)</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Scena</translation>
    </message>
    <message>
        <source>The question is an expression: put its words into single quotes, like 'How much water is there?'.</source>
        <translation>La domanda è un'espressione: metti le sue parole tra virgolette singole, come 'How much water is there?'.</translation>
    </message>
    <message>
        <source>The question of polygon {number} cannot be worked out: {why}.</source>
        <translation>Impossibile valutare la domanda del poligono {number}: {why}.</translation>
    </message>
    <message>
        <source>question,answer,zonal,statistics,polygon,parcel,field,district,area,hectares,join,segmentation,AI</source>
        <translation>domanda,risposta,zonale,statistiche,poligono,particella,campo,distretto,area,ettari,unione,segmentazione,IA</translation>
    </message>
    <message>
        <source>{name} is there already: choose another name for the evidence.</source>
        <translation>{name} esiste già: scegli un altro nome per le evidenze.</translation>
    </message>
</context>
</TS>
