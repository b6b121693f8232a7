<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt">
<context>
    <name>ActionBar</name>
    <message>
        <source>More</source>
        <translation>Mais</translation>
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
        <translation>Responde em palavras a uma pergunta sobre uma cena e mostra as evidências: cada região de que fala o raciocínio torna-se uma camada de polígonos, medida em hectares na grade e no elipsoide do próprio raster; as regiões relacionadas entre si são ligadas por sua distância em metros.

Cena: um arquivo raster com um sistema de referência de coordenadas, ou uma pasta de bandas (SAFE, Landsat). SAR: uma cena de radar do mesmo local e da mesma data; ela vê através das nuvens. Para perguntar só sobre o radar, indique-o como cena, ou como SAR sem cena.
Outras datas: cenas do mesmo local, até oito datas ao todo, na ordem dos dias; os dias são os dos metadados e dos nomes, salvo se forem indicados. Extensão: examinar apenas esta parte.
Saída: um GeoPackage com as camadas e o registro da execução; o mesmo registro em JSON fica ao lado (REPORT). ANSWER é a resposta; AREA_HA é a área da primeira região encontrada pelo raciocínio (0 se não encontrou nenhuma).

O motor é iniciado quando for necessário pela primeira vez. O modelo fornecido é pequeno: leia no log a linha sobre sua qualidade e olhe as máscaras antes de confiar em um valor.</translation>
    </message>
    <message>
        <source>Area of the first region (ha)</source>
        <translation>Área da primeira região (ha)</translation>
    </message>
    <message>
        <source>Ask about a scene</source>
        <translation>Perguntar sobre uma cena</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Pergunta</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Cena</translation>
    </message>
    <message>
        <source>question,answer,language model,segmentation,area,hectares,distance,water,forest,radar,SAR,time series,AI</source>
        <translation>pergunta,resposta,modelo de linguagem,segmentação,área,hectares,distância,água,floresta,radar,SAR,série temporal,IA</translation>
    </message>
</context>
<context>
    <name>AskBatchAlgorithm</name>
    <message>
        <source>A batch is done by the runtime of this machine: take the remote one out in Settings &gt; Options &gt; TerraScope, or run the batch where it is.</source>
        <translation>Um lote é processado pelo motor desta máquina: retire o motor remoto em Configurações &gt; Opções &gt; TerraScope, ou execute o lote onde ele está.</translation>
    </message>
    <message>
        <source>Ask about many scenes</source>
        <translation>Perguntar sobre várias cenas</translation>
    </message>
    <message>
        <source>Asks each question about each scene, and collects the answers and the evidence in one GeoPackage.

Give the scenes in one of three ways. Scenes: raster layers or files, also layers that are no files. Folder: all rasters and product folders (SAFE, Landsat) in it, or those whose names fit the pattern. Table: a CSV with some of the columns scene, sar, dates, clouds, question, name (paths relative to it; several dates of one scene told apart by semicolons), or STAC items whose files are here.
Questions: one in each line, asked about every scene; those of a table come besides its own.
Go on with the report: only what is missing in a report that is there is asked, for instance after the batch was cancelled. Extent: look at this part of every scene. Processes: each has the model in its memory.

Output: the report, whose tables docs/report_schema.md tells, and a summary of all its questions: scene, question, answer, phrase (name of the first region), area_ha, coverage_pct, score, regions (all, with their hectares), status (answered or failed) and reason. A scene that cannot be used does not end the batch: it is listed with its reason. ANSWERED and FAILED count the questions.

A batch is done by the runtime of this machine. When it is cancelled the report keeps what was answered.</source>
        <translation>Faz cada pergunta sobre cada cena e reúne as respostas e as evidências em um único GeoPackage.

Indique as cenas de uma de três maneiras. Cenas: camadas ou arquivos raster, também camadas que não são arquivos. Pasta: todos os rasters e pastas de produtos (SAFE, Landsat) nela, ou aqueles cujo nome segue o padrão. Tabela: um CSV com algumas das colunas scene, sar, dates, clouds, question, name (caminhos relativos à tabela; várias datas de uma cena separadas por ponto e vírgula), ou itens STAC cujos arquivos estão aqui.
Perguntas: uma por linha, feitas sobre cada cena; as de uma tabela somam-se a elas.
Continuar o relatório: só se pergunta o que falta em um relatório existente, por exemplo depois de o lote ter sido cancelado. Extensão: examinar apenas esta parte de cada cena. Processos: cada um tem o modelo em sua memória.

Saída: o relatório, cujas tabelas são descritas em docs/report_schema.md, e um resumo de todas as suas perguntas: scene, question, answer, phrase (nome da primeira região), area_ha, coverage_pct, score, regions (todas, com seus hectares), status (answered ou failed) e reason. Uma cena que não pode ser usada não interrompe o lote: é listada com o motivo. ANSWERED e FAILED contam as perguntas.

Um lote é processado pelo motor desta máquina. Quando é cancelado, o relatório conserva o que foi respondido.</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Go on with the report that is there</source>
        <translation>Continuar o relatório existente</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Processos</translation>
    </message>
    <message>
        <source>Questions answered</source>
        <translation>Perguntas com resposta</translation>
    </message>
    <message>
        <source>Questions without an answer</source>
        <translation>Perguntas sem resposta</translation>
    </message>
    <message>
        <source>Questions, one in each line</source>
        <translation>Perguntas, uma por linha</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Relatório</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Resumo</translation>
    </message>
    <message>
        <source>There is no question yet: write one in each line.</source>
        <translation>Ainda não há perguntas: escreva uma por linha.</translation>
    </message>
    <message>
        <source>question,answer,batch,many,archive,folder,table,CSV,STAC,time series,report,area,hectares,segmentation,AI</source>
        <translation>pergunta,resposta,lote,várias,arquivo,pasta,tabela,CSV,STAC,série temporal,relatório,área,hectares,segmentação,IA</translation>
    </message>
    <message>
        <source>{name} is there already: go on with it, or choose another name for the report.</source>
        <translation>{name} já existe: continue-o ou escolha outro nome para o relatório.</translation>
    </message>
</context>
<context>
    <name>AskPanel</name>
    <message>
        <source>Ask</source>
        <translation>Perguntar</translation>
    </message>
    <message>
        <source>Ask (Ctrl+Enter)</source>
        <translation>Perguntar (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Cancel (Esc)</source>
        <translation>Cancelar (Esc)</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>Captura</translation>
    </message>
    <message>
        <source>Choose, fetch, check and delete models</source>
        <translation>Escolher, baixar, verificar e apagar modelos</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Extensão</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelos…</translation>
    </message>
    <message>
        <source>The question still has a gap: put something in the place of {gaps}.</source>
        <translation>A pergunta ainda tem uma lacuna: substitua {gaps}.</translation>
    </message>
</context>
<context>
    <name>BandGroup</name>
    <message>
        <source>As found</source>
        <translation>Padrão</translation>
    </message>
    <message>
        <source>Band of {role}</source>
        <translation>Banda {role}</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>Bandas</translation>
    </message>
    <message>
        <source>Bands (chosen)</source>
        <translation>Bandas (escolhidas)</translation>
    </message>
    <message>
        <source>Bands: choose the band of VV or of VH.</source>
        <translation>Bandas: escolha a banda VV ou VH.</translation>
    </message>
    <message>
        <source>Bands: red, green and blue are all needed; choose a band for each.</source>
        <translation>Bandas: vermelho, verde e azul são todos necessários; escolha uma banda para cada um.</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Azul</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Verde</translation>
    </message>
    <message>
        <source>Leave it to what names and metadata tell</source>
        <translation>Usar o que indicam os nomes e os metadados</translation>
    </message>
    <message>
        <source>NIR</source>
        <translation>NIR</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Vermelho</translation>
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
        <translation>nenhuma</translation>
    </message>
</context>
<context>
    <name>BenchmarkAlgorithm</name>
    <message>
        <source>A benchmark is run by the runtime of this machine: take the remote one out in Settings &gt; Options &gt; TerraScope.</source>
        <translation>Um benchmark é executado pelo motor desta máquina: retire o motor remoto em Configurações &gt; Opções &gt; TerraScope.</translation>
    </message>
    <message>
        <source>Accuracy, mean over tasks (%)</source>
        <translation>Exatidão, média das tarefas (%)</translation>
    </message>
    <message>
        <source>Accuracy, over questions (%)</source>
        <translation>Exatidão, sobre as perguntas (%)</translation>
    </message>
    <message>
        <source>At most so many questions (0: all)</source>
        <translation>Número máximo de perguntas (0: todas)</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>Benchmark</translation>
    </message>
    <message>
        <source>Benchmark a model</source>
        <translation>Avaliar um modelo com um benchmark</translation>
    </message>
    <message>
        <source>Choose the items of the benchmark: a file, or a folder.</source>
        <translation>Escolha os itens do benchmark: um arquivo ou uma pasta.</translation>
    </message>
    <message>
        <source>Items shown as (empty: in all ways there are)</source>
        <translation>Itens mostrados como (vazio: de todas as formas disponíveis)</translation>
    </message>
    <message>
        <source>Items: a file</source>
        <translation>Itens: um arquivo</translation>
    </message>
    <message>
        <source>Items: a folder</source>
        <translation>Itens: uma pasta</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Mean IoU of the masks</source>
        <translation>IoU médio das máscaras</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Processos</translation>
    </message>
    <message>
        <source>Puts the questions of a benchmark to a model, and tells how many it answers and how well its masks fit.

Benchmark: TerraScope-Bench (items of “bench build” on the command line, or the published file) or another one in its official files. Items: its file, or its folder. At most: so many questions, drawn by lot; 0: all. Model: as in the other algorithms.

Output: scores as JSON; beside it each response. Run again with the same output it goes on where it was stopped. Tasks: a table with the accuracy of each task in percent, its 95 % interval, and what chance would give. QUESTIONS, MACRO_PCT (mean over tasks), MICRO_PCT (over questions), MEAN_IOU (of the masks; -1: there are none to compare with).

It needs the runtime of this machine, with the packages of model_runtime/requirements-data.txt.</source>
        <translation>Submete a um modelo as perguntas de um benchmark e indica a quantas ele responde corretamente e quão bem suas máscaras se ajustam.

Benchmark: TerraScope-Bench (itens de “bench build” na linha de comando, ou o arquivo publicado) ou outro em seus arquivos oficiais. Itens: seu arquivo ou sua pasta. Número máximo: esse número de perguntas, sorteadas; 0: todas. Modelo: como nos outros algoritmos.

Saída: as pontuações em JSON; ao lado, cada resposta. Executado de novo com a mesma saída, continua de onde parou. Tarefas: uma tabela com a exatidão de cada tarefa em porcentagem, seu intervalo de 95 % e o que daria o acaso. QUESTIONS, MACRO_PCT (média das tarefas), MICRO_PCT (sobre as perguntas), MEAN_IOU (das máscaras; -1: não há nenhuma para comparar).

É necessário o motor desta máquina, com os pacotes de model_runtime/requirements-data.txt.</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Perguntas</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Pontuações</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Tarefas</translation>
    </message>
    <message>
        <source>benchmark,accuracy,score,evaluation,validation,quality,IoU,model,TerraScope-Bench,AI</source>
        <translation>benchmark,exatidão,acurácia,pontuação,avaliação,validação,qualidade,IoU,modelo,TerraScope-Bench,IA</translation>
    </message>
    <message>
        <source>{path} does not exist: choose the items again.</source>
        <translation>{path} não existe: escolha os itens novamente.</translation>
    </message>
    <message>
        <source>{task}: {share} of {count} (95 %: {low} to {high})</source>
        <translation>{task}: {share} de {count} (95 %: {low} a {high})</translation>
    </message>
</context>
<context>
    <name>CaptureRow</name>
    <message>
        <source>Resolution of captures</source>
        <translation>Resolução das capturas</translation>
    </message>
    <message>
        <source>Size of a pixel of the file that the layer is captured to; automatic: the layer's own, or the map's</source>
        <translation>Tamanho do pixel do arquivo em que a camada é capturada; automático: o da própria camada ou o do mapa</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automático</translation>
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
        <translation>Opções avançadas</translation>
    </message>
    <message>
        <source>Clouds</source>
        <translation>Nuvens</translation>
    </message>
    <message>
        <source>How the radar images are scaled, where names and metadata do not tell</source>
        <translation>Escala dos valores das imagens de radar, quando nomes e metadados não a indicam</translation>
    </message>
    <message>
        <source>Landsat 4-7, Level 2</source>
        <translation>Landsat 4-7, nível 2</translation>
    </message>
    <message>
        <source>Landsat 8-9, Level 1</source>
        <translation>Landsat 8-9, nível 1</translation>
    </message>
    <message>
        <source>Landsat 8-9, Level 2</source>
        <translation>Landsat 8-9, nível 2</translation>
    </message>
    <message>
        <source>Large scenes</source>
        <translation>Cenas grandes</translation>
    </message>
    <message>
        <source>NAIP</source>
        <translation>NAIP</translation>
    </message>
    <message>
        <source>Offsets</source>
        <translation>Desalinhamentos</translation>
    </message>
    <message>
        <source>One image of over 4 million pixels: an overview shows the whole and the masks are drawn on every pixel; windows show what is too small for an overview, and nothing of the whole</source>
        <translation>Uma imagem de mais de 4 milhões de pixels: uma visão geral mostra o todo e as máscaras são desenhadas em cada pixel; as janelas mostram o que é pequeno demais para uma visão geral, mas nada do conjunto</translation>
    </message>
    <message>
        <source>Optical is</source>
        <translation>Óptico</translation>
    </message>
    <message>
        <source>PlanetScope</source>
        <translation>PlanetScope</translation>
    </message>
    <message>
        <source>Python of the runtime's environment</source>
        <translation>Python do ambiente do motor</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Motor</translation>
    </message>
    <message>
        <source>SAR is</source>
        <translation>SAR</translation>
    </message>
    <message>
        <source>Sentinel-1, decibels</source>
        <translation>Sentinel-1, decibéis</translation>
    </message>
    <message>
        <source>Sentinel-1, linear</source>
        <translation>Sentinel-1, linear</translation>
    </message>
    <message>
        <source>Sentinel-2, reflectance × 10,000</source>
        <translation>Sentinel-2, reflectância × 10 000</translation>
    </message>
    <message>
        <source>Sentinel-2, with the offset of 2022</source>
        <translation>Sentinel-2, com o deslocamento de 2022</translation>
    </message>
    <message>
        <source>Smallest part</source>
        <translation>Menor parte</translation>
    </message>
    <message>
        <source>The interpreter that the model runs in; empty: the one in the plugin's own folder</source>
        <translation>O interpretador em que o modelo é executado; vazio: o da pasta do complemento</translation>
    </message>
    <message>
        <source>The minimum mapping unit: parts of a mask that are smaller are left out of it</source>
        <translation>A unidade mínima de mapeamento: partes de uma máscara menores que ela são retiradas</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Em conjunto</translation>
    </message>
    <message>
        <source>What clouds hide of a date without radar is not measured</source>
        <translation>O que as nuvens ocultam em uma data sem radar não é medido</translation>
    </message>
    <message>
        <source>When images of one place do not lie on one another</source>
        <translation>Quando as imagens de um mesmo local não se sobrepõem exatamente</translation>
    </message>
    <message>
        <source>Which sensor the optical images come from, where names and metadata do not tell</source>
        <translation>Sensor das imagens ópticas, quando nomes e metadados não o indicam</translation>
    </message>
    <message>
        <source>Which sensor's tokens enter the reasoning where a date has an optical and a radar image</source>
        <translation>Sensor cujos tokens entram no raciocínio quando uma data tem uma imagem óptica e uma de radar</translation>
    </message>
    <message>
        <source>are allowed</source>
        <translation>são permitidos</translation>
    </message>
    <message>
        <source>are ignored</source>
        <translation>são ignoradas</translation>
    </message>
    <message>
        <source>are left out of the measures</source>
        <translation>são excluídas das medidas</translation>
    </message>
    <message>
        <source>are moved to fit</source>
        <translation>são corrigidos por ajuste</translation>
    </message>
    <message>
        <source>as the file tells</source>
        <translation>como indica o arquivo</translation>
    </message>
    <message>
        <source>as the published training</source>
        <translation>como no treino publicado</translation>
    </message>
    <message>
        <source>both, concatenated</source>
        <translation>ambos, concatenados</translation>
    </message>
    <message>
        <source>found by itself</source>
        <translation>encontrado automaticamente</translation>
    </message>
    <message>
        <source>no part is too small</source>
        <translation>nenhuma parte é pequena demais</translation>
    </message>
    <message>
        <source>optical only</source>
        <translation>só óptico</translation>
    </message>
    <message>
        <source>over two pixels are refused</source>
        <translation>recusados acima de dois pixels</translation>
    </message>
    <message>
        <source>reason in each window</source>
        <translation>raciocinar em cada janela</translation>
    </message>
    <message>
        <source>reason over an overview</source>
        <translation>raciocinar sobre uma visão geral</translation>
    </message>
    <message>
        <source>text guided</source>
        <translation>guiado pelo texto</translation>
    </message>
</context>
<context>
    <name>ClassLights</name>
    <message>
        <source>How well each class is found</source>
        <translation>Qualidade de detecção de cada classe</translation>
    </message>
</context>
<context>
    <name>CompareDatesAlgorithm</name>
    <message>
        <source>Above the no-change floor</source>
        <translation>Acima do limiar de não mudança</translation>
    </message>
    <message>
        <source>Boundary uncertainty (± ha)</source>
        <translation>Incerteza do limite (± ha)</translation>
    </message>
    <message>
        <source>Compare dates</source>
        <translation>Comparar datas</translation>
    </message>
    <message>
        <source>Earlier scene</source>
        <translation>Cena anterior</translation>
    </message>
    <message>
        <source>Gained</source>
        <translation>Ganho</translation>
    </message>
    <message>
        <source>Gained (ha)</source>
        <translation>Ganho (ha)</translation>
    </message>
    <message>
        <source>Kept (ha)</source>
        <translation>Mantido (ha)</translation>
    </message>
    <message>
        <source>Land cover</source>
        <translation>Cobertura do solo</translation>
    </message>
    <message>
        <source>Later scene</source>
        <translation>Cena posterior</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Perda</translation>
    </message>
    <message>
        <source>Lost (ha)</source>
        <translation>Perda (ha)</translation>
    </message>
    <message>
        <source>Maps one land cover at two to eight dates of the same place and gives what it gained, lost and kept, in hectares on the rasters' own grid and ellipsoid.

Scenes: raster files with a coordinate reference system, folders of bands (SAFE, Landsat), or radar scenes. SAR: a radar scene of the same date beside an optical one; it sees through clouds. Where a later scene lies on another pixel grid it is resampled to that of the first, and the parts that all show are compared. The days are those of metadata and names unless they are given; the dates are compared in their order. Extent: only compare this part. A question of your own is asked instead of the land cover chosen; it must be about the dates.
Output: a GeoPackage with the masks of each date and the layers GAINED and LOST; the same record as JSON lies beside it (REPORT). The figures are those of the first change found; a question about several regions, or more than two dates, has them all in the table changes.

FLOOR_HA is what maps of an unchanged place may differ by. TOLD is false when neither the gain nor the loss is larger: then no change can be told from noise. UNCERTAINTY_HA is what the gain and the loss may be off by because boundaries are only known to half a pixel.

Change that the model is unsure of is left out, haze and shadow can look like change: look at the masks before you rely on a figure.</source>
        <translation>Mapeia uma cobertura do solo em duas a oito datas do mesmo local e indica o que ela ganhou, perdeu e manteve, em hectares na grade e no elipsoide dos próprios rasters.

Cenas: arquivos raster com um sistema de referência de coordenadas, pastas de bandas (SAFE, Landsat) ou cenas de radar. SAR: uma cena de radar da mesma data ao lado de uma óptica; ela vê através das nuvens. Quando uma cena posterior está em outra grade de pixels, ela é reamostrada para a da primeira, e comparam-se as partes que todas mostram. Os dias são os dos metadados e dos nomes, salvo se forem indicados; as datas são comparadas em sua ordem. Extensão: comparar apenas esta parte. Uma pergunta própria substitui a cobertura do solo escolhida; ela deve tratar das datas.
Saída: um GeoPackage com as máscaras de cada data e as camadas GAINED e LOST; o mesmo registro em JSON fica ao lado (REPORT). Os valores são os da primeira mudança encontrada; para uma pergunta sobre várias regiões, ou mais de duas datas, todos estão na tabela changes.

FLOOR_HA é quanto podem diferir mapas de um local sem mudança. TOLD é falso quando nem o ganho nem a perda são maiores: então nenhuma mudança se distingue do ruído. UNCERTAINTY_HA é o erro possível do ganho e da perda, pois os limites só são conhecidos com precisão de meio pixel.

Mudanças de que o modelo não tem certeza são deixadas de fora; névoa e sombra podem parecer mudança: olhe as máscaras antes de confiar em um valor.</translation>
    </message>
    <message>
        <source>No-change floor (ha)</source>
        <translation>Limiar de não mudança (ha)</translation>
    </message>
    <message>
        <source>Question (empty: about the land cover chosen)</source>
        <translation>Pergunta (vazio: sobre a cobertura do solo escolhida)</translation>
    </message>
    <message>
        <source>The model marked no region at both dates, so nothing was compared: ask about another land cover, or in other words. What it did answer is in {file}.</source>
        <translation>O modelo não delimitou nenhuma região nas duas datas, portanto nada foi comparado: pergunte sobre outra cobertura do solo, ou com outras palavras. O que ele respondeu está em {file}.</translation>
    </message>
    <message>
        <source>change,detection,two dates,time series,gain,loss,before,after,flood,fire,deforestation,area,hectares,segmentation,radar,SAR,AI</source>
        <translation>mudança,alteração,detecção,deteção,duas datas,série temporal,ganho,perda,antes,depois,inundação,incêndio,desmatamento,área,hectares,segmentação,radar,SAR,IA</translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <source>Conversation</source>
        <translation>Conversa</translation>
    </message>
    <message>
        <source>The model gave no answer.</source>
        <translation>O modelo não deu resposta.</translation>
    </message>
    <message>
        <source>The reasoning and the answer appear here, each region as a mark to click.</source>
        <translation>O raciocínio e a resposta aparecem aqui, com cada região como uma marca para clicar.</translation>
    </message>
</context>
<context>
    <name>CopyAnswer</name>
    <message>
        <source>As CSV</source>
        <translation>Como CSV</translation>
    </message>
    <message>
        <source>As Markdown</source>
        <translation>Como Markdown</translation>
    </message>
    <message>
        <source>As text</source>
        <translation>Como texto</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>Copiar resposta</translation>
    </message>
    <message>
        <source>Copy the answer and its figures</source>
        <translation>Copiar a resposta e seus valores</translation>
    </message>
</context>
<context>
    <name>CorrectMask</name>
    <message>
        <source>A corrected mask is being measured: wait a moment.</source>
        <translation>Uma máscara corrigida está em medição: aguarde um momento.</translation>
    </message>
    <message>
        <source>Correct mask</source>
        <translation>Corrigir máscara</translation>
    </message>
    <message>
        <source>Edit a mask with QGIS's own tools: the figures follow when you save it</source>
        <translation>Editar uma máscara com as ferramentas do próprio QGIS: os valores se atualizam ao salvar</translation>
    </message>
    <message>
        <source>Edit the polygons of {mask} with QGIS's tools; its figures follow when you save the layer.</source>
        <translation>Edite os polígonos de {mask} com as ferramentas do QGIS; seus valores se atualizam ao salvar a camada.</translation>
    </message>
    <message>
        <source>The layer of {mask} cannot be opened: its file may be gone. Ask again.</source>
        <translation>Não é possível abrir a camada de {mask}: o arquivo pode ter desaparecido. Pergunte novamente.</translation>
    </message>
    <message>
        <source>{file} cannot be edited: check its permissions.</source>
        <translation>Não é possível editar {file}: verifique suas permissões.</translation>
    </message>
</context>
<context>
    <name>DateRow</name>
    <message>
        <source>Add SAR…</source>
        <translation>Adicionar SAR…</translation>
    </message>
    <message>
        <source>Add a cloud layer…</source>
        <translation>Adicionar uma camada de nuvens…</translation>
    </message>
    <message>
        <source>Cloud layer</source>
        <translation>Camada de nuvens</translation>
    </message>
    <message>
        <source>Clouds</source>
        <translation>Nuvens</translation>
    </message>
    <message>
        <source>Day of {scene}</source>
        <translation>Dia de {scene}</translation>
    </message>
    <message>
        <source>Remove {scene}</source>
        <translation>Remover {scene}</translation>
    </message>
    <message>
        <source>SAR</source>
        <translation>SAR</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Cena</translation>
    </message>
    <message>
        <source>This is a radar image (SAR)</source>
        <translation>Esta é uma imagem de radar (SAR)</translation>
    </message>
</context>
<context>
    <name>DatesForm</name>
    <message>
        <source>A day is unknown: enter it, or these dates are taken to be in the order shown.</source>
        <translation>Um dia é desconhecido: informe-o, senão estas datas são tomadas na ordem mostrada.</translation>
    </message>
    <message>
        <source>A radar image of the same place and day</source>
        <translation>Uma imagem de radar do mesmo local e do mesmo dia</translation>
    </message>
    <message>
        <source>Add SAR</source>
        <translation>Adicionar SAR</translation>
    </message>
    <message>
        <source>Add date</source>
        <translation>Adicionar data</translation>
    </message>
    <message>
        <source>Clouds</source>
        <translation>Nuvens</translation>
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
        <translation>Cena</translation>
    </message>
    <message>
        <source>The same place on another day</source>
        <translation>O mesmo local em outro dia</translation>
    </message>
    <message>
        <source>{count} dates</source>
        <translation>{count} datas</translation>
    </message>
    <message>
        <source>{name} is read as radar; its … button changes that.</source>
        <translation>{name} é lido como radar; seu botão … permite alterar isso.</translation>
    </message>
</context>
<context>
    <name>DayEdit</name>
    <message>
        <source>The day the scene was taken, like 2017-06-04</source>
        <translation>O dia em que a cena foi obtida, por exemplo 2017-06-04</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>desconhecido</translation>
    </message>
</context>
<context>
    <name>ExtentChoice</name>
    <message>
        <source>As asked before</source>
        <translation>Como na pergunta anterior</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>Desenhar</translation>
    </message>
    <message>
        <source>Draw the polygon on the map: click its corners, double-click or right-click to end it</source>
        <translation>Desenhe o polígono no mapa: clique nos vértices e termine com clique duplo ou com o botão direito</translation>
    </message>
    <message>
        <source>Draw the rectangle on the map</source>
        <translation>Desenhe o retângulo no mapa</translation>
    </message>
    <message>
        <source>Drawn polygon</source>
        <translation>Polígono desenhado</translation>
    </message>
    <message>
        <source>Drawn rectangle</source>
        <translation>Retângulo desenhado</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Extensão</translation>
    </message>
    <message>
        <source>Map view</source>
        <translation>Vista do mapa</translation>
    </message>
    <message>
        <source>No polygon is selected: choose a polygon layer and select some in it.</source>
        <translation>Nenhum polígono está selecionado: escolha uma camada de polígonos e selecione alguns nela.</translation>
    </message>
    <message>
        <source>Nothing is drawn yet: click Draw and draw on the map.</source>
        <translation>Nada foi desenhado ainda: clique em Desenhar e desenhe no mapa.</translation>
    </message>
    <message>
        <source>Selected polygons</source>
        <translation>Polígonos selecionados</translation>
    </message>
    <message>
        <source>Selected polygons are those of the active polygon layer</source>
        <translation>Os polígonos selecionados são os da camada de polígonos ativa</translation>
    </message>
    <message>
        <source>Whole layer</source>
        <translation>Camada inteira</translation>
    </message>
    <message>
        <source>⚠ The scene does not reach there.</source>
        <translation>⚠ A cena não chega até lá.</translation>
    </message>
</context>
<context>
    <name>FinetuneAlgorithm</name>
    <message>
        <source>A model is taught by the runtime of this machine: the remote one can answer with it once its folder has been copied there.</source>
        <translation>O treino de um modelo é feito pelo motor desta máquina: o remoto poderá responder com ele depois que sua pasta for copiada para lá.</translation>
    </message>
    <message>
        <source>Extent of scenes that are no files</source>
        <translation>Extensão das cenas que não são arquivos</translation>
    </message>
    <message>
        <source>Field of the class</source>
        <translation>Campo da classe</translation>
    </message>
    <message>
        <source>Give either polygons with a class or a raster of classes.</source>
        <translation>Indique ou polígonos com uma classe, ou um raster de classes.</translation>
    </message>
    <message>
        <source>Give the new model a name.</source>
        <translation>Dê um nome ao novo modelo.</translation>
    </message>
    <message>
        <source>IoU of what it knew before, on scenes made to test that</source>
        <translation>IoU do que ele sabia antes, em cenas feitas para esse teste</translation>
    </message>
    <message>
        <source>IoU on held-out ground, after</source>
        <translation>IoU em áreas de validação, depois</translation>
    </message>
    <message>
        <source>IoU on held-out ground, before</source>
        <translation>IoU em áreas de validação, antes</translation>
    </message>
    <message>
        <source>IoU on held-out ground, mean of the classes</source>
        <translation>IoU em áreas de validação, média das classes</translation>
    </message>
    <message>
        <source>It has not become better: give more polygons, or more minutes.</source>
        <translation>Ele não melhorou: forneça mais polígonos ou mais minutos.</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minutos</translation>
    </message>
    <message>
        <source>Model that learns (empty: the bundled one)</source>
        <translation>Modelo a treinar (vazio: o fornecido)</translation>
    </message>
    <message>
        <source>Name of the new model</source>
        <translation>Nome do novo modelo</translation>
    </message>
    <message>
        <source>Name the values of the raster of classes, like 1=water; 2=heath.</source>
        <translation>Nomeie os valores do raster de classes, por exemplo 1=water; 2=heath.</translation>
    </message>
    <message>
        <source>Names of its values, like 1=water; 2=heath</source>
        <translation>Nomes de seus valores, por exemplo 1=water; 2=heath</translation>
    </message>
    <message>
        <source>Or a raster of classes</source>
        <translation>Ou um raster de classes</translation>
    </message>
    <message>
        <source>Polygons with a class</source>
        <translation>Polígonos com uma classe</translation>
    </message>
    <message>
        <source>Put the new model into (empty: with the others)</source>
        <translation>Colocar o novo modelo em (vazio: com os outros)</translation>
    </message>
    <message>
        <source>Say which field of the polygons names their class.</source>
        <translation>Indique qual campo dos polígonos nomeia sua classe.</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Cenas</translation>
    </message>
    <message>
        <source>Teach a model</source>
        <translation>Treinar um modelo</translation>
    </message>
    <message>
        <source>Teaches a copy of a model with labels of your own: new classes, or the looks that known classes have in your region. The new model is a small folder beside the one it learnt from; the dock lists it under its name, answers with it, and can delete it.

Scenes: rasters with a coordinate reference system. Labels: polygons with a field that names their class, ten to twenty for each class, spread over the scenes; or, for one scene, a raster on its pixels whose values are classes, named like 1=water; 2=heath (if empty, as its legend names them; 0 and nodata are not labelled). Name classes as you will ask about them, in English.
Minutes: about how long it may learn; the figures at its beginning and its end take some more. Nothing is left of a run that is cancelled.

Part of the labels are held out at first. IOU_BEFORE and IOU_AFTER are the mean IoU of the classes on them, of the model as it was (for a new class: of the known class that fits it best) and of one that was taught the other labels; the new model has then been taught all of them. Ground nearby is easier than another region: look at the masks before you rely on a figure. The log has the figures class by class, and what became of the classes that the model knew before.</source>
        <translation>Treina uma cópia de um modelo com rótulos próprios: novas classes, ou o aspecto que classes conhecidas têm em sua região. O novo modelo é uma pequena pasta ao lado daquele do qual aprendeu; o painel o lista com seu nome, responde com ele e pode apagá-lo.

Cenas: rasters com um sistema de referência de coordenadas. Rótulos: polígonos com um campo que nomeia sua classe, dez a vinte para cada classe, distribuídos pelas cenas; ou, para uma única cena, um raster sobre seus pixels cujos valores são classes, nomeadas assim: 1=water; 2=heath (se vazio, como as nomeia sua legenda; 0 e valores sem dados não são rotulados). Nomeie as classes como vai perguntar sobre elas, em inglês.
Minutos: por quanto tempo, aproximadamente, ele pode aprender; os valores do início e do fim levam um pouco mais. Nada resta de uma execução cancelada.

Uma parte dos rótulos é reservada no início. IOU_BEFORE e IOU_AFTER são o IoU médio das classes nela, do modelo como era (para uma nova classe: da classe conhecida que melhor se ajusta a ela) e de um treinado com os outros rótulos; depois o novo modelo é treinado com todos. Um terreno próximo é mais fácil do que outra região: olhe as máscaras antes de confiar em um valor. O log traz os valores classe por classe e o que aconteceu com as classes que o modelo já conhecia.</translation>
    </message>
    <message>
        <source>The new model</source>
        <translation>O novo modelo</translation>
    </message>
    <message>
        <source>train,training,finetune,fine-tuning,learn,teach,samples,polygons,classes,classification,land cover,segmentation,model,AI</source>
        <translation>treinar,treino,treinamento,ajuste fino,aprender,ensinar,amostras,polígonos,classes,classificação,cobertura do solo,segmentação,modelo,IA</translation>
    </message>
    <message>
        <source>{what}: {before} before, {after} after</source>
        <translation>{what}: {before} antes, {after} depois</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>&amp;Ask a question</source>
        <translation>&amp;Fazer uma pergunta</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>&amp;Remover…</translation>
    </message>
    <message>
        <source>Beginning</source>
        <translation>Início</translation>
    </message>
    <message>
        <source>Cancelled; what has been fetched is kept.</source>
        <translation>Cancelado; o que já foi baixado é conservado.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>Copy &amp;diagnostics</source>
        <translation>Copiar &amp;diagnóstico</translation>
    </message>
    <message>
        <source>Looking at {path}</source>
        <translation>Exame de {path}</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Remove the runtime?</source>
        <translation>Remover o motor?</translation>
    </message>
    <message>
        <source>Removing</source>
        <translation>Remoção</translation>
    </message>
    <message>
        <source>The environment and the packages that were fetched for it go. They can be installed again.</source>
        <translation>O ambiente e os pacotes baixados para ele serão removidos. Eles podem ser instalados novamente.</translation>
    </message>
    <message>
        <source>What TerraScope needs</source>
        <translation>Do que o TerraScope precisa</translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation>O que é isto?</translation>
    </message>
</context>
<context>
    <name>FollowUp</name>
    <message>
        <source>Follow-up question</source>
        <translation>Pergunta complementar</translation>
    </message>
    <message>
        <source>The question is about the scene and the extent of the last answer, and knows what was asked before: “How far is it from the trees?”</source>
        <translation>A pergunta trata da cena e da extensão da última resposta e leva em conta o que foi perguntado antes: “How far is it from the trees?”</translation>
    </message>
</context>
<context>
    <name>HistoryMenu</name>
    <message>
        <source>History…</source>
        <translation>Histórico…</translation>
    </message>
    <message>
        <source>Questions that were asked before</source>
        <translation>Perguntas feitas anteriormente</translation>
    </message>
</context>
<context>
    <name>HistoryPopup</name>
    <message>
        <source>Clear history</source>
        <translation>Limpar histórico</translation>
    </message>
    <message>
        <source>Questions that were asked before</source>
        <translation>Perguntas feitas anteriormente</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Pesquisar</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>Pesquisar no histórico</translation>
    </message>
</context>
<context>
    <name>InstallView</name>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Cancelar</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Log</translation>
    </message>
    <message>
        <source>Log of the installation</source>
        <translation>Log da instalação</translation>
    </message>
</context>
<context>
    <name>InstallWays</name>
    <message>
        <source>&amp;Folder of wheels (no network)</source>
        <translation>Pasta de &amp;wheels (sem rede)</translation>
    </message>
    <message>
        <source>&amp;Python of an environment of your own</source>
        <translation>&amp;Python de um ambiente próprio</translation>
    </message>
    <message>
        <source>Address of an index of PyTorch builds; {build} in it stands for cpu, cu126 or cu130, by the driver</source>
        <translation>Endereço de um índice de versões do PyTorch; nele, {build} representa cpu, cu126 ou cu130, conforme o driver</translation>
    </message>
    <message>
        <source>An environment you have made yourself; it is looked at before it is used</source>
        <translation>Um ambiente já criado por você; ele é examinado antes de ser usado</translation>
    </message>
    <message>
        <source>Chec&amp;k and use</source>
        <translation>Verificar e &amp;usar</translation>
    </message>
    <message>
        <source>Folder with every package as a wheel</source>
        <translation>Pasta com todos os pacotes em forma de wheels</translation>
    </message>
    <message>
        <source>Inde&amp;x of PyTorch builds</source>
        <translation>Índice de &amp;versões do PyTorch</translation>
    </message>
    <message>
        <source>Other ways</source>
        <translation>Outros métodos</translation>
    </message>
    <message>
        <source>Python of an environment that has the runtime's packages</source>
        <translation>Python de um ambiente que contém os pacotes do motor</translation>
    </message>
    <message>
        <source>To install without a network: a folder with the wheels (*.whl) of all packages; see the manual</source>
        <translation>Para instalar sem rede: uma pasta com os wheels (*.whl) de todos os pacotes; consulte o manual</translation>
    </message>
    <message>
        <source>none: from the package index</source>
        <translation>nenhuma: do índice de pacotes</translation>
    </message>
    <message>
        <source>none: the package index's own build</source>
        <translation>nenhum: a versão do próprio índice de pacotes</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>Add layers</source>
        <translation>Adicionar camadas</translation>
    </message>
    <message>
        <source>Add the layers of the answer to the project</source>
        <translation>Adicionar as camadas da resposta ao projeto</translation>
    </message>
    <message>
        <source>All layers of this answer are in the project already.</source>
        <translation>Todas as camadas desta resposta já estão no projeto.</translation>
    </message>
    <message>
        <source>Export report</source>
        <translation>Exportar relatório</translation>
    </message>
    <message>
        <source>Export report…</source>
        <translation>Exportar relatório…</translation>
    </message>
    <message>
        <source>GeoPackage</source>
        <translation>GeoPackage</translation>
    </message>
    <message>
        <source>Keep the answer as a GeoPackage with everything and a PDF of one page</source>
        <translation>Guardar a resposta como um GeoPackage completo e um PDF de uma página</translation>
    </message>
    <message>
        <source>Open an answer that was kept, with its layers</source>
        <translation>Abrir uma resposta guardada, com suas camadas</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>Abrir relatório</translation>
    </message>
    <message>
        <source>Open report…</source>
        <translation>Abrir relatório…</translation>
    </message>
    <message>
        <source>The report is kept: {geopackage} and {pdf} in {folder}.</source>
        <translation>O relatório foi salvo: {geopackage} e {pdf} em {folder}.</translation>
    </message>
    <message>
        <source>Wait until the answer is there, or cancel it.</source>
        <translation>Aguarde a resposta ou cancele-a.</translation>
    </message>
    <message>
        <source>opened from {file}</source>
        <translation>aberto de {file}</translation>
    </message>
</context>
<context>
    <name>ModelDetails</name>
    <message>
        <source>About the model</source>
        <translation>Sobre o modelo</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>Bandas</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>Base</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>Verificação</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Pasta</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Origem</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memória</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>Revisão</translation>
    </message>
    <message>
        <source>came with the plugin</source>
        <translation>fornecido com o complemento</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>ainda não</translation>
    </message>
    <message>
        <source>{count} billion parameters</source>
        <translation>{count} bilhões de parâmetros</translation>
    </message>
    <message>
        <source>{count} million parameters</source>
        <translation>{count} milhões de parâmetros</translation>
    </message>
    <message>
        <source>✓ every file is as it was published</source>
        <translation>✓ todos os arquivos estão como foram publicados</translation>
    </message>
    <message>
        <source>✓ fits here</source>
        <translation>✓ cabe na memória disponível</translation>
    </message>
    <message>
        <source>✗ more than is free here</source>
        <translation>✗ excede a memória disponível</translation>
    </message>
</context>
<context>
    <name>ModelSettings</name>
    <message>
        <source>Hub &amp;sign-in</source>
        <translation>Autenticação no repo&amp;sitório</translation>
    </message>
    <message>
        <source>Hub sign-in</source>
        <translation>Autenticação no repositório</translation>
    </message>
    <message>
        <source>Only for models whose owner asks for it: a “Basic” entry with the hub's access key as password</source>
        <translation>Somente para modelos cujo proprietário a exige: uma entrada “Basic” com a chave de acesso do repositório como senha</translation>
    </message>
    <message>
        <source>Weights in &amp;memory</source>
        <translation>Pesos na &amp;memória</translation>
    </message>
</context>
<context>
    <name>ModelTable</name>
    <message>
        <source>Memory needed</source>
        <translation>Memória necessária</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamanho</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Local</translation>
    </message>
    <message>
        <source>in use, {where}</source>
        <translation>em uso, {where}</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>&amp;Add folder…</source>
        <translation>&amp;Adicionar pasta…</translation>
    </message>
    <message>
        <source>&amp;Download…</source>
        <translation>&amp;Baixar…</translation>
    </message>
    <message>
        <source>&amp;Remove from list</source>
        <translation>&amp;Remover da lista</translation>
    </message>
    <message>
        <source>&amp;Use</source>
        <translation>&amp;Usar</translation>
    </message>
    <message>
        <source>&amp;Verify</source>
        <translation>&amp;Verificar</translation>
    </message>
    <message>
        <source>Asking what there is to fetch</source>
        <translation>Consulta do que há para baixar</translation>
    </message>
    <message>
        <source>Cancelled; what has been fetched is kept.</source>
        <translation>Cancelado; o que já foi baixado é conservado.</translation>
    </message>
    <message>
        <source>Checking {name}</source>
        <translation>Verificação de {name}</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>Commit</translation>
    </message>
    <message>
        <source>De&amp;lete…</source>
        <translation>A&amp;pagar…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Apagar</translation>
    </message>
    <message>
        <source>Delete {name}?</source>
        <translation>Apagar {name}?</translation>
    </message>
    <message>
        <source>Deleting {name}</source>
        <translation>Remoção de {name}</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Baixar</translation>
    </message>
    <message>
        <source>Download {name}?</source>
        <translation>Baixar {name}?</translation>
    </message>
    <message>
        <source>Fetching {name}</source>
        <translation>Download de {name}</translation>
    </message>
    <message>
        <source>Folder of a model</source>
        <translation>Pasta de um modelo</translation>
    </message>
    <message>
        <source>Free there</source>
        <translation>Espaço livre</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Origem</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>Destino</translation>
    </message>
    <message>
        <source>Its files in {folder} go for good.</source>
        <translation>Seus arquivos em {folder} serão apagados definitivamente.</translation>
    </message>
    <message>
        <source>Its files in {folder} go; they can be fetched again.</source>
        <translation>Seus arquivos em {folder} serão apagados; eles podem ser baixados novamente.</translation>
    </message>
    <message>
        <source>Looking for models</source>
        <translation>Busca de modelos</translation>
    </message>
    <message>
        <source>Looking into the folder</source>
        <translation>Exame da pasta</translation>
    </message>
    <message>
        <source>Models of a remote runtime are seen to on its machine</source>
        <translation>Os modelos de um motor remoto são gerenciados em sua própria máquina</translation>
    </message>
    <message>
        <source>TerraScope models</source>
        <translation>Modelos do TerraScope</translation>
    </message>
    <message>
        <source>There is no complete model in {folder}: choose one with config.json and *.safetensors.</source>
        <translation>Não há um modelo completo em {folder}: escolha uma pasta com config.json e *.safetensors.</translation>
    </message>
    <message>
        <source>These are the models of the remote runtime; they are fetched and taught on its machine.</source>
        <translation>Estes são os modelos do motor remoto; são baixados e treinados na máquina dele.</translation>
    </message>
    <message>
        <source>To fetch</source>
        <translation>A baixar</translation>
    </message>
    <message>
        <source>{missing} of {total}</source>
        <translation>{missing} de {total}</translation>
    </message>
    <message>
        <source>{name} is complete and can be read; nothing is known to compare its files with.</source>
        <translation>{name} está completo e pode ser lido; não há nada com que comparar seus arquivos.</translation>
    </message>
    <message>
        <source>{name} is complete, and every file is as it was published.</source>
        <translation>{name} está completo, e todos os arquivos estão como foram publicados.</translation>
    </message>
    <message>
        <source>{name} was deleted.</source>
        <translation>{name} foi apagado.</translation>
    </message>
</context>
<context>
    <name>Needs</name>
    <message>
        <source>&amp;Fetch Python, install</source>
        <translation>&amp;Baixar Python e instalar</translation>
    </message>
    <message>
        <source>&amp;Install</source>
        <translation>&amp;Instalar</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <translation>&amp;Examinar</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>&amp;Examinar novamente</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Modelos…</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Tentar novamente</translation>
    </message>
    <message>
        <source>&amp;Update</source>
        <translation>&amp;Atualizar</translation>
    </message>
    <message>
        <source>Being installed; QGIS can be used meanwhile.</source>
        <translation>Instalação em andamento; o QGIS pode ser usado enquanto isso.</translation>
    </message>
    <message>
        <source>Being looked at…</source>
        <translation>Exame em andamento…</translation>
    </message>
    <message>
        <source>Chosen by hand: {path}</source>
        <translation>Escolhido manualmente: {path}</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>Installed in the QGIS profile</source>
        <translation>Instalado no perfil do QGIS</translation>
    </message>
    <message>
        <source>Known when the environment is there.</source>
        <translation>Conhecido quando o ambiente estiver pronto.</translation>
    </message>
    <message>
        <source>Make an environment in the QGIS profile and use that instead</source>
        <translation>Criar um ambiente no perfil do QGIS e usá-lo em vez deste</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Named by TERRASCOPE_RUNTIME_PYTHON: {path}</source>
        <translation>Indicado por TERRASCOPE_RUNTIME_PYTHON: {path}</translation>
    </message>
    <message>
        <source>Not installed yet. A Python environment of its own in your QGIS profile (about 1 GB, several with CUDA); nothing of QGIS is changed.</source>
        <translation>Ainda não instalado. Um ambiente Python separado em seu perfil do QGIS (cerca de 1 GB, vários com CUDA); nada é alterado no QGIS.</translation>
    </message>
    <message>
        <source>Not looked at yet.</source>
        <translation>Ainda não examinado.</translation>
    </message>
    <message>
        <source>Of the plugin's own folder: {path}</source>
        <translation>Da pasta do complemento: {path}</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Processador</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Motor</translation>
    </message>
    <message>
        <source>TerraScope was updated, and the environment is for an earlier version.</source>
        <translation>O TerraScope foi atualizado, e o ambiente é de uma versão anterior.</translation>
    </message>
    <message>
        <source>The folder of {name} is gone</source>
        <translation>A pasta de {name} desapareceu</translation>
    </message>
    <message>
        <source>There is no Python at {path}, which was chosen by hand.</source>
        <translation>Não há um Python em {path}, que foi escolhido manualmente.</translation>
    </message>
    <message>
        <source>other versions than were tested: {names}</source>
        <translation>versões diferentes das testadas: {names}</translation>
    </message>
    <message>
        <source>{name} has not been fetched yet</source>
        <translation>{name} ainda não foi baixado</translation>
    </message>
    <message>
        <source>{name} is missing: install again</source>
        <translation>{name} está ausente: instale novamente</translation>
    </message>
    <message>
        <source>{name}, comes with the plugin</source>
        <translation>{name}, fornecido com o complemento</translation>
    </message>
    <message>
        <source>{name}, fetched</source>
        <translation>{name}, baixado</translation>
    </message>
    <message>
        <source>{name}, in a folder of yours</source>
        <translation>{name}, em uma de suas pastas</translation>
    </message>
    <message>
        <source>{name}, {memory} of memory free</source>
        <translation>{name}, {memory} de memória livre</translation>
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
        <translation>&amp;Elipsoide</translation>
    </message>
    <message>
        <source>&amp;Folder for results</source>
        <translation>&amp;Pasta dos resultados</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Idioma</translation>
    </message>
    <message>
        <source>&amp;Python</source>
        <translation>P&amp;ython</translation>
    </message>
    <message>
        <source>&amp;Reasoning</source>
        <translation>&amp;Raciocínio</translation>
    </message>
    <message>
        <source>&amp;Stretch</source>
        <translation>Real&amp;ce</translation>
    </message>
    <message>
        <source>&amp;Units shown</source>
        <translation>&amp;Unidades exibidas</translation>
    </message>
    <message>
        <source>Add the layers of an answer to the project by themselves</source>
        <translation>Adicionar automaticamente as camadas de uma resposta ao projeto</translation>
    </message>
    <message>
        <source>Another language appears with the next start of QGIS.</source>
        <translation>O novo idioma aparece na próxima inicialização do QGIS.</translation>
    </message>
    <message>
        <source>As in QGIS's locale</source>
        <translation>Como na localidade do QGIS</translation>
    </message>
    <message>
        <source>As in the paper</source>
        <translation>Como no artigo</translation>
    </message>
    <message>
        <source>As the published weights were run</source>
        <translation>Como os pesos publicados foram executados</translation>
    </message>
    <message>
        <source>Automatic: a GPU where there is one</source>
        <translation>Automático: uma GPU, se houver</translation>
    </message>
    <message>
        <source>Automatic: reflectance where it is known</source>
        <translation>Automático: reflectância quando é conhecida</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Métricas</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelos…</translation>
    </message>
    <message>
        <source>Plugin</source>
        <translation>Complemento</translation>
    </message>
    <message>
        <source>Processor (cpu)</source>
        <translation>Processador (cpu)</translation>
    </message>
    <message>
        <source>Relative: 2 to 98 percentile of each band</source>
        <translation>Relativo: percentis 2 a 98 de cada banda</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Motor</translation>
    </message>
    <message>
        <source>Runtime…</source>
        <translation>Motor…</translation>
    </message>
    <message>
        <source>Scenes and measures</source>
        <translation>Cenas e medidas</translation>
    </message>
    <message>
        <source>That of QGIS</source>
        <translation>O do QGIS</translation>
    </message>
    <message>
        <source>That of the project</source>
        <translation>O do projeto</translation>
    </message>
    <message>
        <source>That of the scene</source>
        <translation>O da cena</translation>
    </message>
    <message>
        <source>The folder for results, {path}, is no whole path: choose it again.</source>
        <translation>A pasta dos resultados, {path}, não é um caminho completo: escolha-a novamente.</translation>
    </message>
    <message>
        <source>There is no Python at {path}: choose it again, or leave the field empty.</source>
        <translation>Não há um Python em {path}: escolha-o novamente ou deixe o campo vazio.</translation>
    </message>
    <message>
        <source>US (acres, feet, miles)</source>
        <translation>EUA (acres, pés, milhas)</translation>
    </message>
    <message>
        <source>Weights in &amp;memory</source>
        <translation>Pesos na &amp;memória</translation>
    </message>
    <message>
        <source>{path} is a file: choose a folder for results.</source>
        <translation>{path} é um arquivo: escolha uma pasta para os resultados.</translation>
    </message>
    <message>
        <source>“{name}” is no device: use auto, cpu, mps, cuda, or cuda: and a number.</source>
        <translation>“{name}” não é um dispositivo: use auto, cpu, mps, cuda, ou cuda: e um número.</translation>
    </message>
</context>
<context>
    <name>QuestionBox</name>
    <message>
        <source>How many hectares of water are there?</source>
        <translation>Em inglês, por exemplo: How many hectares of water are there?</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Pergunta</translation>
    </message>
</context>
<context>
    <name>RasterChoice</name>
    <message>
        <source>A file, a folder (SAFE, Landsat, one-band files), and more</source>
        <translation>Um arquivo, uma pasta (SAFE, Landsat, arquivos de uma banda) e mais</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Escolher um arquivo…</translation>
    </message>
    <message>
        <source>Choose a folder of bands…</source>
        <translation>Escolher uma pasta de bandas…</translation>
    </message>
    <message>
        <source>Choose a raster file</source>
        <translation>Escolher um arquivo raster</translation>
    </message>
    <message>
        <source>Choose the folder of a scene</source>
        <translation>Escolher a pasta de uma cena</translation>
    </message>
</context>
<context>
    <name>RemoteGroup</name>
    <message>
        <source>&amp;Test connection</source>
        <translation>&amp;Testar conexão</translation>
    </message>
    <message>
        <source>A “Basic” entry with the runtime's key as its password</source>
        <translation>Uma entrada “Basic” com a chave do motor como senha</translation>
    </message>
    <message>
        <source>Add&amp;ress</source>
        <translation>Endereç&amp;o</translation>
    </message>
    <message>
        <source>Address of the remote runtime</source>
        <translation>Endereço do motor remoto</translation>
    </message>
    <message>
        <source>Choose the sign-in with the remote runtime's key, or leave its address empty.</source>
        <translation>Escolha a autenticação que contém a chave do motor remoto, ou deixe o endereço dele vazio.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Conexão…</translation>
    </message>
    <message>
        <source>None: this machine computes</source>
        <translation>Nenhum: esta máquina processa</translation>
    </message>
    <message>
        <source>Runtime on another machine</source>
        <translation>Motor em outra máquina</translation>
    </message>
    <message>
        <source>Sign-&amp;in</source>
        <translation>A&amp;utenticação</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Autenticação</translation>
    </message>
    <message>
        <source>https://host:port, or http://127.0.0.1:port at this end of an SSH tunnel. Scenes are sent there.</source>
        <translation>https://host:porta, ou http://127.0.0.1:porta nesta ponta de um túnel SSH. As cenas são enviadas para lá.</translation>
    </message>
</context>
<context>
    <name>RuntimeStatusAlgorithm</name>
    <message>
        <source>Asking the runtime; it is started if it does not run.</source>
        <translation>O motor está sendo consultado; ele é iniciado se não estiver em execução.</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Ocupado</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>Memory that the chosen model needs (MB)</source>
        <translation>Memória necessária para o modelo escolhido (MB)</translation>
    </message>
    <message>
        <source>Models in memory</source>
        <translation>Modelos na memória</translation>
    </message>
    <message>
        <source>Models that can answer</source>
        <translation>Modelos que podem responder</translation>
    </message>
    <message>
        <source>On another machine</source>
        <translation>Em outra máquina</translation>
    </message>
    <message>
        <source>Questions running and waiting</source>
        <translation>Perguntas em execução e em espera</translation>
    </message>
    <message>
        <source>Runtime status</source>
        <translation>Estado do motor</translation>
    </message>
    <message>
        <source>Runtime {version} on {device}, protocol {protocol}, {jobs} question(s) running and waiting</source>
        <translation>Motor {version} em {device}, protocolo {protocol}, {jobs} pergunta(s) em execução e em espera</translation>
    </message>
    <message>
        <source>Tells which runtime answers, and starts it if it does not run: use it to see whether the installation is complete, or first in a model or script. It has no parameters. It fails, and says why, when the runtime does not start.

VERSION: of the runtime. DEVICE: what it computes on. BUSY, JOBS: whether, and how many questions it answers or has waiting. REMOTE: whether it is on another machine. MODELS: names of the models that can answer, in lines. LOADED: those of them that are in memory. MEMORY_MB: what the model of the settings is estimated to need, in millions of bytes, as it is set to be kept in memory (0: it is not known). The log has more of each model.</source>
        <translation>Indica qual motor responde, e o inicia se não estiver em execução: use-o para ver se a instalação está completa, ou no começo de um modelo ou script. Não tem parâmetros. Falha, e diz por quê, quando o motor não inicia.

VERSION: do motor. DEVICE: onde ele processa. BUSY, JOBS: se está ocupado, e quantas perguntas responde ou tem em espera. REMOTE: se está em outra máquina. MODELS: nomes dos modelos que podem responder, um por linha. LOADED: aqueles que estão na memória. MEMORY_MB: o que se estima que o modelo das configurações necessite, em milhões de bytes, do modo como está definido para ficar na memória (0: não é conhecido). O log traz mais sobre cada modelo.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versão</translation>
    </message>
    <message>
        <source>in memory</source>
        <translation>na memória</translation>
    </message>
    <message>
        <source>runtime,status,version,device,GPU,CUDA,models,memory,check,AI</source>
        <translation>motor,estado,situação,versão,dispositivo,GPU,CUDA,modelos,memória,verificar,IA</translation>
    </message>
</context>
<context>
    <name>SegmentClassesAlgorithm</name>
    <message>
        <source>Areas</source>
        <translation>Áreas</translation>
    </message>
    <message>
        <source>Class raster</source>
        <translation>Raster de classes</translation>
    </message>
    <message>
        <source>Classes, one in each line</source>
        <translation>Classes, uma por linha</translation>
    </message>
    <message>
        <source>HTML (*.html)</source>
        <translation>HTML (*.html)</translation>
    </message>
    <message>
        <source>Land cover</source>
        <translation>Cobertura do solo</translation>
    </message>
    <message>
        <source>Makes a land-cover map of the classes that are named, with the hectares of each.

Scene, SAR, Extent: as in “Ask about a scene”. Classes: one in each line, in English; the bundled model knows water, trees, cropland, grassland, built-up area, bare ground, snow and ice, wetland, cloud, and those it was taught. Words for them that it knows, like forest, are taken for them.

Each class is marked by itself. Where two of them overlap, the ground belongs to the one whose mask has the higher score, so every pixel has one class or none.
Output: polygons, one for each connected part, with class (number of the class), phrase (its name), area_ha, area_uncertainty_ha (half a pixel either side of the boundary), coverage_pct (of what the scene shows), pixels, and score (of the whole class, 0 to 1). Areas: a table with a row for each class, also of those that were not found. Class raster: on the scene's own grid, with the numbers of the classes; 0 is none of them, or nothing to see. Page: the table for people (HTML). MAPPED_HA, MAPPED_PCT: all classes together.

Hectares are measured on the raster's own grid and ellipsoid and are exact for the mask. Whether the mask is right is another matter: look at it before you rely on a figure.</source>
        <translation>Faz um mapa de cobertura do solo das classes indicadas, com os hectares de cada uma.

Cena, SAR, Extensão: como em “Perguntar sobre uma cena”. Classes: uma por linha, em inglês; o modelo fornecido conhece water, trees, cropland, grassland, built-up area, bare ground, snow and ice, wetland, cloud e as que lhe foram ensinadas. Palavras que ele conhece para elas, como forest, são tomadas por elas.

Cada classe é marcada separadamente. Onde duas se sobrepõem, o terreno pertence àquela cuja máscara tem a maior pontuação; assim, cada pixel tem uma classe ou nenhuma.
Saída: polígonos, um para cada parte contígua, com class (número da classe), phrase (seu nome), area_ha, area_uncertainty_ha (meio pixel de cada lado do limite), coverage_pct (do que a cena mostra), pixels e score (de toda a classe, 0 a 1). Áreas: uma tabela com uma linha para cada classe, também para as que não foram encontradas. Raster de classes: na grade da própria cena, com os números das classes; 0 é nenhuma delas, ou nada a ver. Página: a tabela para leitura (HTML). MAPPED_HA, MAPPED_PCT: todas as classes juntas.

Os hectares são medidos na grade e no elipsoide do próprio raster e são exatos para a máscara. Se a máscara está certa é outra questão: olhe-a antes de confiar em um valor.</translation>
    </message>
    <message>
        <source>Map land cover</source>
        <translation>Mapear a cobertura do solo</translation>
    </message>
    <message>
        <source>Mapped (ha)</source>
        <translation>Mapeado (ha)</translation>
    </message>
    <message>
        <source>Mapped share of the scene (%)</source>
        <translation>Proporção mapeada da cena (%)</translation>
    </message>
    <message>
        <source>Page of areas</source>
        <translation>Página de áreas</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Cena</translation>
    </message>
    <message>
        <source>There is no class yet: write one in each line.</source>
        <translation>Ainda não há classes: escreva uma por linha.</translation>
    </message>
    <message>
        <source>land cover,land use,classification,segmentation,classes,map,polygonise,area,hectares,water,forest,AI</source>
        <translation>cobertura do solo,uso do solo,cobertura da terra,classificação,segmentação,classes,mapa,poligonizar,área,hectares,água,floresta,IA</translation>
    </message>
    <message>
        <source>{count} classes are more than can be mapped at once: name up to {most}.</source>
        <translation>{count} classes são mais do que se pode mapear de uma vez: indique até {most}.</translation>
    </message>
    <message>
        <source>{name} cannot be written ({why}): choose another place.</source>
        <translation>Não é possível gravar {name} ({why}): escolha outro local.</translation>
    </message>
</context>
<context>
    <name>StateRow</name>
    <message>
        <source>being looked at</source>
        <translation>em exame</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>ausente</translation>
    </message>
    <message>
        <source>needs attention</source>
        <translation>requer atenção</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>ainda não conhecido</translation>
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
        <translation>&amp;Cancelar</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} de {total}</translation>
    </message>
</context>
<context>
    <name>Swatch</name>
    <message>
        <source>Preview of the bands</source>
        <translation>Pré-visualização das bandas</translation>
    </message>
</context>
<context>
    <name>Teach</name>
    <message>
        <source>Show on the map what is where: the answer follows at once</source>
        <translation>Mostrar no mapa o que há em cada lugar: a resposta vem em seguida</translation>
    </message>
    <message>
        <source>Teach it here</source>
        <translation>Ensinar aqui</translation>
    </message>
    <message>
        <source>Teaching draws the masks anew; your corrections stay in {file}.</source>
        <translation>Ensinar redesenha as máscaras; suas correções permanecem em {file}.</translation>
    </message>
    <message>
        <source>taught with {examples}</source>
        <translation>ensinado com {examples}</translation>
    </message>
</context>
<context>
    <name>TeachPanel</name>
    <message>
        <source>Choose a class of the answer, or write what the place shows</source>
        <translation>Escolha uma classe da resposta, ou escreva o que o local mostra</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Limpar</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Concluir</translation>
    </message>
    <message>
        <source>Draw around it, corner by corner</source>
        <translation>Desenhar o contorno, vértice por vértice</translation>
    </message>
    <message>
        <source>End teaching (Escape on the map)</source>
        <translation>Terminar de ensinar (Esc no mapa)</translation>
    </message>
    <message>
        <source>On the map: left click, it is here; right click, it is not; Shift and drag, an area.</source>
        <translation>No mapa: botão esquerdo, está aqui; botão direito, não está aqui; Shift e arrastar, uma área.</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Contorno</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>Take all examples back</source>
        <translation>Retirar todos os exemplos</translation>
    </message>
    <message>
        <source>Take the last example back (Ctrl+Z on the map)</source>
        <translation>Retirar o último exemplo (Ctrl+Z no mapa)</translation>
    </message>
    <message>
        <source>The answer follows…</source>
        <translation>A resposta vem em seguida…</translation>
    </message>
    <message>
        <source>The date you show it on</source>
        <translation>A data em que o exemplo é mostrado</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Desfazer</translation>
    </message>
    <message>
        <source>What you show</source>
        <translation>O que é mostrado</translation>
    </message>
</context>
<context>
    <name>TemplateMenu</name>
    <message>
        <source>Templates…</source>
        <translation>Perguntas…</translation>
    </message>
    <message>
        <source>Ways of asking that the model knows, with classes to fill in</source>
        <translation>Formas de perguntar que o modelo conhece, com classes a preencher</translation>
    </message>
    <message>
        <source>{task} (several dates)</source>
        <translation>{task} (várias datas)</translation>
    </message>
</context>
<context>
    <name>TerraScope</name>
    <message>
        <source>&amp;Look</source>
        <translation>&amp;Examinar</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>&amp;Examinar novamente</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Modelos…</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Tentar novamente</translation>
    </message>
    <message>
        <source>1 example</source>
        <translation>1 exemplo</translation>
    </message>
    <message>
        <source>A build with CUDA may need 11 GB in all; less is free.</source>
        <translation>Uma versão com CUDA pode exigir 11 GB ao todo; há menos espaço livre.</translation>
    </message>
    <message>
        <source>A pattern chooses among the files of a folder: give a folder, or no pattern.</source>
        <translation>Um padrão escolhe entre os arquivos de uma pasta: indique uma pasta, ou nenhum padrão.</translation>
    </message>
    <message>
        <source>Above the no-change floor</source>
        <translation>Acima do limiar de não mudança</translation>
    </message>
    <message>
        <source>Another QGIS is installing the runtime into this profile: wait for it.</source>
        <translation>A instalação do motor neste perfil já está em curso em outro QGIS: aguarde que termine.</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Resposta</translation>
    </message>
    <message>
        <source>Answer: {answer}</source>
        <translation>Resposta: {answer}</translation>
    </message>
    <message>
        <source>Answered {time} with {versions}</source>
        <translation>Respondido em {time} com {versions}</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Área</translation>
    </message>
    <message>
        <source>Area (ha)</source>
        <translation>Área (ha)</translation>
    </message>
    <message>
        <source>Area of each mask: {figures}.</source>
        <translation>Área de cada máscara: {figures}.</translation>
    </message>
    <message>
        <source>Area over the dates, on the ground that all of them show: {figures}.</source>
        <translation>Área ao longo das datas, no terreno que todas mostram: {figures}.</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Perguntar</translation>
    </message>
    <message>
        <source>Ask a question about a scene</source>
        <translation>Fazer uma pergunta sobre uma cena</translation>
    </message>
    <message>
        <source>Asks through a tunnel, port {port}</source>
        <translation>Consulta por um túnel, porta {port}</translation>
    </message>
    <message>
        <source>Asks {host}</source>
        <translation>Consulta {host}</translation>
    </message>
    <message>
        <source>Asks {url}</source>
        <translation>Consulta {url}</translation>
    </message>
    <message>
        <source>Automatic: the best that fits</source>
        <translation>Automático: o melhor que couber</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Em lote</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>Adjacência</translation>
    </message>
    <message>
        <source>Boundary uncertainty (± ha)</source>
        <translation>Incerteza do limite (± ha)</translation>
    </message>
    <message>
        <source>CRS as in the GeoPackage</source>
        <translation>SRC como no GeoPackage</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Cancelado.</translation>
    </message>
    <message>
        <source>Capture layers that are no files at (metres per pixel; empty: their own)</source>
        <translation>Capturar camadas que não são arquivos a (metros por pixel; vazio: a resolução delas)</translation>
    </message>
    <message>
        <source>Capturing {name}</source>
        <translation>Captura de {name}</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Mudança</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Mudanças</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>Compiling packages, so that they start quickly</source>
        <translation>Compilação dos pacotes, para que iniciem rapidamente</translation>
    </message>
    <message>
        <source>Computed as {how}.</source>
        <translation>Calculado com {how}.</translation>
    </message>
    <message>
        <source>Connecting to the remote runtime</source>
        <translation>Conexão com o motor remoto</translation>
    </message>
    <message>
        <source>Connecting to {url}…</source>
        <translation>Conexão com {url}…</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Contagem</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Cobertura</translation>
    </message>
    <message>
        <source>Date {number} has no scene: choose one, or remove the date.</source>
        <translation>A data {number} não tem cena: escolha uma, ou remova a data.</translation>
    </message>
    <message>
        <source>Days, like 2017-06-04; 2018-03-30 (empty: from metadata and names)</source>
        <translation>Dias, por exemplo 2017-06-04; 2018-03-30 (vazio: dos metadados e dos nomes)</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalhes</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Distância</translation>
    </message>
    <message>
        <source>Distance, centroids (m)</source>
        <translation>Distância, centroides (m)</translation>
    </message>
    <message>
        <source>Distance, edge to edge (m)</source>
        <translation>Distância, borda a borda (m)</translation>
    </message>
    <message>
        <source>Distances</source>
        <translation>Distâncias</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Evidências</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Extensão</translation>
    </message>
    <message>
        <source>Fetching Python</source>
        <translation>Download do Python</translation>
    </message>
    <message>
        <source>Fetching packages</source>
        <translation>Download dos pacotes</translation>
    </message>
    <message>
        <source>Fetching {name}</source>
        <translation>Download de {name}</translation>
    </message>
    <message>
        <source>Fetching {package}</source>
        <translation>Download de {package}</translation>
    </message>
    <message>
        <source>Fewer bytes need less memory, and masks and answers become less exact</source>
        <translation>Menos bytes exigem menos memória, mas as máscaras e as respostas perdem exatidão</translation>
    </message>
    <message>
        <source>Figures follow the masks as they were corrected by hand on {time}; </source>
        <translation>Os valores seguem as máscaras como foram corrigidas manualmente em {time}; </translation>
    </message>
    <message>
        <source>Files of {names} are missing or changed, perhaps by an anti-virus program: install again.</source>
        <translation>Arquivos de {names} estão ausentes ou foram alterados, talvez por um antivírus: instale novamente.</translation>
    </message>
    <message>
        <source>From image</source>
        <translation>Da imagem</translation>
    </message>
    <message>
        <source>From step</source>
        <translation>Da etapa</translation>
    </message>
    <message>
        <source>Further dates</source>
        <translation>Outras datas</translation>
    </message>
    <message>
        <source>Further dates: SAR, in the same order</source>
        <translation>Outras datas: SAR, na mesma ordem</translation>
    </message>
    <message>
        <source>Further dates: cloud layers, in the same order</source>
        <translation>Outras datas: camadas de nuvens, na mesma ordem</translation>
    </message>
    <message>
        <source>Further dates: folders of bands (name a file in each, like *_MTL.txt)</source>
        <translation>Outras datas: pastas de bandas (indique um arquivo de cada uma, por exemplo *_MTL.txt)</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Give one of the three: scenes, a folder, or a table of scenes.</source>
        <translation>Indique um dos três: cenas, uma pasta ou uma tabela de cenas.</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Ajuda</translation>
    </message>
    <message>
        <source>Hidden by clouds</source>
        <translation>Oculto por nuvens</translation>
    </message>
    <message>
        <source>How well it finds them on other places, with {bands}</source>
        <translation>Qualidade de detecção em outros locais, com {bands}</translation>
    </message>
    <message>
        <source>Hub sign-in</source>
        <translation>Autenticação no repositório</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Imagem</translation>
    </message>
    <message>
        <source>Images over two pixels apart</source>
        <translation>Imagens desalinhadas em mais de dois pixels</translation>
    </message>
    <message>
        <source>Installed only in part, again: {name}</source>
        <translation>Instalado só em parte, nova tentativa: {name}</translation>
    </message>
    <message>
        <source>Installing packages</source>
        <translation>Instalação dos pacotes</translation>
    </message>
    <message>
        <source>IoU on held-out ground {before} → {after}</source>
        <translation>IoU em áreas de validação {before} → {after}</translation>
    </message>
    <message>
        <source>IoU {iou}, coverage ± {error}</source>
        <translation>IoU {iou}, cobertura ± {error}</translation>
    </message>
    <message>
        <source>It is a picture: its colours are no reflectance.</source>
        <translation>É uma imagem renderizada: suas cores não são reflectância.</translation>
    </message>
    <message>
        <source>Judgement</source>
        <translation>Avaliação</translation>
    </message>
    <message>
        <source>Known when the runtime answers.</source>
        <translation>Conhecido quando o motor responder.</translation>
    </message>
    <message>
        <source>Land cover</source>
        <translation>Cobertura do solo</translation>
    </message>
    <message>
        <source>Land cover per polygon</source>
        <translation>Cobertura do solo por polígono</translation>
    </message>
    <message>
        <source>Larger of two</source>
        <translation>O maior de dois</translation>
    </message>
    <message>
        <source>Leave out parts smaller than (ha)</source>
        <translation>Deixar de fora partes menores que (ha)</translation>
    </message>
    <message>
        <source>Looked at twice</source>
        <translation>Olhado duas vezes</translation>
    </message>
    <message>
        <source>Looking at the package index</source>
        <translation>Consulta do índice de pacotes</translation>
    </message>
    <message>
        <source>Looking at this computer</source>
        <translation>Exame deste computador</translation>
    </message>
    <message>
        <source>Looking for Python 3.11, 3.12 or 3.13</source>
        <translation>Busca do Python 3.11, 3.12 ou 3.13</translation>
    </message>
    <message>
        <source>Making the environment</source>
        <translation>Criação do ambiente</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Mapear</translation>
    </message>
    <message>
        <source>Mask score (0-1)</source>
        <translation>Pontuação da máscara (0-1)</translation>
    </message>
    <message>
        <source>Masks corrected by hand, and their figures measured again, {time}</source>
        <translation>Máscaras corrigidas manualmente e valores medidos novamente, {time}</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Medido</translation>
    </message>
    <message>
        <source>Measured on the ellipsoid {ellipsoid}; ± is half a pixel along the boundary.</source>
        <translation>Medido no elipsoide {ellipsoid}; ± é meio pixel ao longo do limite.</translation>
    </message>
    <message>
        <source>Model folder or name (empty: the model of the settings)</source>
        <translation>Pasta ou nome do modelo (vazio: o modelo das configurações)</translation>
    </message>
    <message>
        <source>Model: {figure}</source>
        <translation>Modelo: {figure}</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelos…</translation>
    </message>
    <message>
        <source>Names of its scenes, like *.tif or **/*_B04.tif (empty: all rasters)</source>
        <translation>Nomes de suas cenas, por exemplo *.tif ou **/*_B04.tif (vazio: todos os rasters)</translation>
    </message>
    <message>
        <source>No NVIDIA driver was found, so the processor computes. The package index has only the large CUDA build for Linux (2.7 GB to fetch); name an index of CPU builds under “Other ways” to fetch 0.2 GB instead.</source>
        <translation>Nenhum driver NVIDIA foi encontrado, portanto o processador faz os cálculos. Para Linux, o índice de pacotes só tem a versão CUDA, que é grande (2,7 GB a baixar); indique um índice de versões para CPU em “Outros métodos” para baixar apenas 0,2 GB.</translation>
    </message>
    <message>
        <source>No NVIDIA driver was found: PyTorch's build for the processor.</source>
        <translation>Nenhum driver NVIDIA foi encontrado: versão do PyTorch para o processador.</translation>
    </message>
    <message>
        <source>No Python 3.11, 3.12 or 3.13 (64 bits) was found. Install one from python.org or your system's packages, or let the installer fetch one.</source>
        <translation>Nenhum Python 3.11, 3.12 ou 3.13 (64 bits) foi encontrado. Instale um de python.org ou dos pacotes de seu sistema, ou deixe o instalador baixar um.</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>Sem dados</translation>
    </message>
    <message>
        <source>No data in at least one image</source>
        <translation>Sem dados em pelo menos uma imagem</translation>
    </message>
    <message>
        <source>No secure connection can be made to {url}: see Details.</source>
        <translation>Não é possível estabelecer uma conexão segura com {url}: veja os detalhes.</translation>
    </message>
    <message>
        <source>No style for {layer}: {why}</source>
        <translation>Sem estilo para {layer}: {why}</translation>
    </message>
    <message>
        <source>None of the polygons “{name}” has a class in the field {field}: fill it in.</source>
        <translation>Nenhum dos polígonos “{name}” tem uma classe no campo {field}: preencha-o.</translation>
    </message>
    <message>
        <source>Not seen</source>
        <translation>Não visto</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Observações</translation>
    </message>
    <message>
        <source>Nothing could be captured of the layer “{name}”: check that QGIS shows it there.</source>
        <translation>Não foi possível capturar nada da camada “{name}”: verifique se o QGIS a mostra nesse local.</translation>
    </message>
    <message>
        <source>Nothing listens at {url}: is the tunnel open?</source>
        <translation>Nada escuta em {url}: o túnel está aberto?</translation>
    </message>
    <message>
        <source>Nothing listens at {url}: start the runtime there, and check the port.</source>
        <translation>Nada escuta em {url}: inicie o motor lá e verifique a porta.</translation>
    </message>
    <message>
        <source>On another machine: {url}</source>
        <translation>Em outra máquina: {url}</translation>
    </message>
    <message>
        <source>Optical and SAR of one date together</source>
        <translation>Óptico e SAR de uma mesma data em conjunto</translation>
    </message>
    <message>
        <source>Or a table of scene, sar, dates, question (CSV), or STAC items (JSON)</source>
        <translation>Ou uma tabela de scene, sar, dates, question (CSV), ou itens STAC (JSON)</translation>
    </message>
    <message>
        <source>Or all scenes of a folder</source>
        <translation>Ou todas as cenas de uma pasta</translation>
    </message>
    <message>
        <source>Over the dates</source>
        <translation>Ao longo das datas</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixels</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Localização</translation>
    </message>
    <message>
        <source>Polygon {number}.</source>
        <translation>Polígono {number}.</translation>
    </message>
    <message>
        <source>Preparing the installer</source>
        <translation>Preparação do instalador</translation>
    </message>
    <message>
        <source>PyTorch comes from the index you named, build {build}.</source>
        <translation>O PyTorch vem do índice indicado, versão {build}.</translation>
    </message>
    <message>
        <source>PyTorch's CUDA build suits it.</source>
        <translation>A versão CUDA do PyTorch é adequada.</translation>
    </message>
    <message>
        <source>PyTorch's build for macOS; it uses Apple's GPU where there is one.</source>
        <translation>Versão do PyTorch para macOS; ela usa a GPU da Apple, se houver.</translation>
    </message>
    <message>
        <source>Python {version}: {path}</source>
        <translation>Python {version}: {path}</translation>
    </message>
    <message>
        <source>QGIS cannot measure on the ellipsoid of {crs}: reproject the scene.</source>
        <translation>O QGIS não pode medir no elipsoide de {crs}: reprojete a cena.</translation>
    </message>
    <message>
        <source>QGIS measures {here} ha for {phrase}, the report says {there} ha.</source>
        <translation>O QGIS mede {here} ha para {phrase}, o relatório indica {there} ha.</translation>
    </message>
    <message>
        <source>QGIS's proxy makes no connection to {url}: see Details.</source>
        <translation>O proxy do QGIS não estabelece conexão com {url}: veja os detalhes.</translation>
    </message>
    <message>
        <source>QGIS's proxy {host} is not an HTTP proxy, and a remote runtime is reached through no other: add the runtime's address to those without proxy in Settings &gt; Options &gt; Network.</source>
        <translation>O proxy do QGIS {host} não é um proxy HTTP, e um motor remoto só é acessível por um: adicione o endereço do motor aos que não usam proxy em Configurações &gt; Opções &gt; Rede.</translation>
    </message>
    <message>
        <source>QGIS's proxy {host} is not an HTTP proxy, and models can be fetched through no other: set one in Settings &gt; Options &gt; Network.</source>
        <translation>O proxy do QGIS {host} não é um proxy HTTP, e modelos só podem ser baixados por um: defina um em Configurações &gt; Opções &gt; Rede.</translation>
    </message>
    <message>
        <source>QGIS's trusted certificates cannot be read: check them in Settings &gt; Options &gt; Authentication.</source>
        <translation>Não é possível ler os certificados confiáveis do QGIS: verifique-os em Configurações &gt; Opções &gt; Autenticação.</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>Ordenação</translation>
    </message>
    <message>
        <source>Reading {name}: {percent} %</source>
        <translation>Leitura de {name}: {percent} %</translation>
    </message>
    <message>
        <source>Reasoning profile</source>
        <translation>Perfil de raciocínio</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Região</translation>
    </message>
    <message>
        <source>Removing</source>
        <translation>Remoção</translation>
    </message>
    <message>
        <source>Report (JSON)</source>
        <translation>Relatório (JSON)</translation>
    </message>
    <message>
        <source>Runtime…</source>
        <translation>Motor…</translation>
    </message>
    <message>
        <source>SAR scenes</source>
        <translation>Cenas SAR</translation>
    </message>
    <message>
        <source>Say what you show: choose a class, or write its name.</source>
        <translation>Indique o que é mostrado: escolha uma classe ou escreva seu nome.</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Cenas</translation>
    </message>
    <message>
        <source>Scenes of over four million pixels: reason over</source>
        <translation>Cenas de mais de quatro milhões de pixels: raciocinar sobre</translation>
    </message>
    <message>
        <source>Sending {name}: {percent} %, {done} of {total} MB</source>
        <translation>Envio de {name}: {percent} %, {done} de {total} MB</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Série</translation>
    </message>
    <message>
        <source>Share of the scene</source>
        <translation>Proporção da cena</translation>
    </message>
    <message>
        <source>Share of the scene (%)</source>
        <translation>Proporção da cena (%)</translation>
    </message>
    <message>
        <source>Share of tokens from SAR (0-1)</source>
        <translation>Proporção de tokens do SAR (0-1)</translation>
    </message>
    <message>
        <source>Shared edge (m)</source>
        <translation>Limite comum (m)</translation>
    </message>
    <message>
        <source>Show or hide {region} on the map</source>
        <translation>Mostrar ou ocultar {region} no mapa</translation>
    </message>
    <message>
        <source>Something unexpected went wrong in the plugin: please report it with its details.</source>
        <translation>Ocorreu um erro inesperado no complemento: relate-o com seus detalhes.</translation>
    </message>
    <message>
        <source>Starting the runtime</source>
        <translation>Inicialização do motor</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Etapa</translation>
    </message>
    <message>
        <source>Sure or not is how well such masks fitted where the truth is known (mean IoU, 0 to 1; {places}); your place may be unlike those.</source>
        <translation>A confiança é o ajuste médio de máscaras semelhantes onde a verdade é conhecida (IoU médio, 0 a 1; {places}); seu local pode ser diferente desses.</translation>
    </message>
    <message>
        <source>Sure or not is the model's own guess of how well each mask fits (0 to 1); it is not calibrated against truth.</source>
        <translation>A confiança é a estimativa do próprio modelo de quão bem cada máscara se ajusta (0 a 1); não está calibrada com a verdade de campo.</translation>
    </message>
    <message>
        <source>Tables and STAC items (*.csv *.json *.geojson)</source>
        <translation>Tabelas e itens STAC (*.csv *.json *.geojson)</translation>
    </message>
    <message>
        <source>Taught here</source>
        <translation>Ensinado aqui</translation>
    </message>
    <message>
        <source>That is beyond the scene: show a place within it.</source>
        <translation>Isso está fora da cena: mostre um local dentro dela.</translation>
    </message>
    <message>
        <source>The CRS of the layer “{name}” was changed to {here}, its file says {there}: assign the right one to the file (Raster &gt; Projections &gt; Assign Projection).</source>
        <translation>O SRC da camada “{name}” foi alterado para {here}, seu arquivo indica {there}: atribua o correto ao arquivo (Raster &gt; Projeções &gt; Definir projeção).</translation>
    </message>
    <message>
        <source>The answer could not be kept in {folder}: see Details, and ask again.</source>
        <translation>Não foi possível guardar a resposta em {folder}: veja os detalhes e pergunte novamente.</translation>
    </message>
    <message>
        <source>The certificate of {url} has expired: make a new one there.</source>
        <translation>O certificado de {url} expirou: crie um novo lá.</translation>
    </message>
    <message>
        <source>The certificate of {url} is for another name: use the one it is made for.</source>
        <translation>O certificado de {url} é para outro nome: use aquele para o qual foi feito.</translation>
    </message>
    <message>
        <source>The certificate of {url} is not trusted: import its authority in Settings &gt; Options &gt; Authentication &gt; Manage Certificates &gt; Authorities, as trusted.</source>
        <translation>O certificado de {url} não é confiável: importe sua autoridade em Configurações &gt; Opções &gt; Autenticação &gt; Gerenciar certificados &gt; Autoridades, como confiável.</translation>
    </message>
    <message>
        <source>The connection to {url} was lost; nothing was written. Ask again.</source>
        <translation>A conexão com {url} foi perdida; nada foi gravado. Pergunte novamente.</translation>
    </message>
    <message>
        <source>The corrected mask could not be measured: see the log.</source>
        <translation>Não foi possível medir a máscara corrigida: veja o log.</translation>
    </message>
    <message>
        <source>The corrected mask was not measured: save it once more.</source>
        <translation>A máscara corrigida não foi medida: salve-a mais uma vez.</translation>
    </message>
    <message>
        <source>The extent lies where {crs} does not reach: choose another one.</source>
        <translation>A extensão está onde {crs} não alcança: escolha outra.</translation>
    </message>
    <message>
        <source>The file of the answer, {path}, is not there any more: ask again.</source>
        <translation>O arquivo da resposta, {path}, não existe mais: pergunte novamente.</translation>
    </message>
    <message>
        <source>The folder {folder} for results cannot be made: choose another one.</source>
        <translation>Não é possível criar a pasta {folder} para os resultados: escolha outra.</translation>
    </message>
    <message>
        <source>The folder {folder} for results cannot be written to: choose another one.</source>
        <translation>Não é possível gravar na pasta {folder} para os resultados: escolha outra.</translation>
    </message>
    <message>
        <source>The history cannot be deleted: {why}</source>
        <translation>Não é possível apagar o histórico: {why}</translation>
    </message>
    <message>
        <source>The history cannot be kept: {why}</source>
        <translation>Não é possível guardar o histórico: {why}</translation>
    </message>
    <message>
        <source>The layer {layer} is missing from the GeoPackage.</source>
        <translation>A camada {layer} não está no GeoPackage.</translation>
    </message>
    <message>
        <source>The layer “{name}” does not reach the extent: choose another one.</source>
        <translation>A camada “{name}” não alcança a extensão: escolha outra.</translation>
    </message>
    <message>
        <source>The layer “{name}” has no coordinate reference system: assign one to the file (Raster &gt; Projections &gt; Assign Projection).</source>
        <translation>A camada “{name}” não tem sistema de referência de coordenadas: atribua um ao arquivo (Raster &gt; Projeções &gt; Definir projeção).</translation>
    </message>
    <message>
        <source>The layer “{name}” has no coordinate reference system: set one in its properties.</source>
        <translation>A camada “{name}” não tem sistema de referência de coordenadas: defina um em suas propriedades.</translation>
    </message>
    <message>
        <source>The layer “{name}” is a picture that a server draws: give the resolution it is to be captured at, and an extent.</source>
        <translation>A camada “{name}” é uma imagem renderizada por um servidor: indique a resolução da captura e uma extensão.</translation>
    </message>
    <message>
        <source>The layer “{name}” is broken: repair its source or remove it.</source>
        <translation>A camada “{name}” está com defeito: repare sua fonte ou remova-a.</translation>
    </message>
    <message>
        <source>The layer “{name}” is not a local raster file ({kind}): save it as a GeoTIFF (Export &gt; Save As) and ask about that.</source>
        <translation>A camada “{name}” não é um arquivo raster local ({kind}): salve-a como GeoTIFF (Exportar &gt; Salvar como) e pergunte sobre ele.</translation>
    </message>
    <message>
        <source>The layer “{name}” is not a plain file on this computer ({source}): save it as a GeoTIFF (Export &gt; Save As) and ask about that.</source>
        <translation>A camada “{name}” não é um arquivo simples neste computador ({source}): salve-a como GeoTIFF (Exportar &gt; Salvar como) e pergunte sobre ele.</translation>
    </message>
    <message>
        <source>The layer “{name}” would be captured as {width} × {height} pixels: choose a smaller extent or a coarser resolution.</source>
        <translation>A camada “{name}” seria capturada com {width} × {height} pixels: escolha uma extensão menor ou uma resolução mais grosseira.</translation>
    </message>
    <message>
        <source>The map of the report cannot be kept in {folder}: make room there.</source>
        <translation>Não é possível guardar o mapa do relatório em {folder}: libere espaço lá.</translation>
    </message>
    <message>
        <source>The model gave no answer.</source>
        <translation>O modelo não deu resposta.</translation>
    </message>
    <message>
        <source>The model {name} is in a folder of this machine: choose one that the remote runtime has.</source>
        <translation>O modelo {name} está em uma pasta desta máquina: escolha um que o motor remoto tenha.</translation>
    </message>
    <message>
        <source>The name {host} is not known in this network: check the address.</source>
        <translation>O nome {host} não é conhecido nesta rede: verifique o endereço.</translation>
    </message>
    <message>
        <source>The packages are there, but a system library is missing. On Windows install the Microsoft Visual C++ Redistributable (x64); on Linux see the log for its name.</source>
        <translation>Os pacotes estão instalados, mas falta uma biblioteca do sistema. No Windows, instale o Microsoft Visual C++ Redistributable (x64); no Linux, veja o nome dela no log.</translation>
    </message>
    <message>
        <source>The packages are there, but do not work together: see the log.</source>
        <translation>Os pacotes estão instalados, mas não funcionam em conjunto: veja o log.</translation>
    </message>
    <message>
        <source>The password of the chosen sign-in is no key of a runtime, which has 32 or more hexadecimal digits: choose another one in Settings &gt; Options &gt; TerraScope.</source>
        <translation>A senha da autenticação escolhida não é uma chave de motor, que tem 32 ou mais dígitos hexadecimais: escolha outra em Configurações &gt; Opções &gt; TerraScope.</translation>
    </message>
    <message>
        <source>The plugin has version {ours}: update whichever is older.</source>
        <translation>O complemento tem a versão {ours}: atualize o mais antigo dos dois.</translation>
    </message>
    <message>
        <source>The polygon does not meet the scene.</source>
        <translation>O polígono não toca a cena.</translation>
    </message>
    <message>
        <source>The polygons could not be written to {path}: {why}.</source>
        <translation>Não foi possível gravar os polígonos em {path}: {why}.</translation>
    </message>
    <message>
        <source>The polygons “{name}” have no coordinate reference system: assign one to the layer.</source>
        <translation>Os polígonos “{name}” não têm sistema de referência de coordenadas: atribua um à camada.</translation>
    </message>
    <message>
        <source>The question of this polygon is empty.</source>
        <translation>A pergunta deste polígono está vazia.</translation>
    </message>
    <message>
        <source>The remote runtime gave its answer no name: update it.</source>
        <translation>O motor remoto não deu nome à sua resposta: atualize-o.</translation>
    </message>
    <message>
        <source>The remote runtime needs its key: choose a sign-in with it in Settings &gt; Options &gt; TerraScope.</source>
        <translation>O motor remoto precisa de sua chave: escolha uma autenticação que a contenha em Configurações &gt; Opções &gt; TerraScope.</translation>
    </message>
    <message>
        <source>The report could not be written to {path}: {why}.</source>
        <translation>Não foi possível gravar o relatório em {path}: {why}.</translation>
    </message>
    <message>
        <source>The runtime answered without writing a GeoPackage: update the plugin or its runtime.</source>
        <translation>O motor respondeu sem gravar um GeoPackage: atualize o complemento ou seu motor.</translation>
    </message>
    <message>
        <source>The runtime at {url} does not accept the key: choose the sign-in with the right one in Settings &gt; Options &gt; TerraScope.</source>
        <translation>O motor em {url} não aceita a chave: escolha a autenticação com a chave correta em Configurações &gt; Opções &gt; TerraScope.</translation>
    </message>
    <message>
        <source>The runtime at {url} does not know itself by that name: start it with “--host {host}”.</source>
        <translation>O motor em {url} não se reconhece por esse nome: inicie-o com “--host {host}”.</translation>
    </message>
    <message>
        <source>The runtime at {url} speaks protocol {theirs}, the plugin {ours}: update whichever is older.</source>
        <translation>O motor em {url} usa o protocolo {theirs}, o complemento o {ours}: atualize o mais antigo dos dois.</translation>
    </message>
    <message>
        <source>The runtime at {url} takes no scenes: start it there with “serve --remote”.</source>
        <translation>O motor em {url} não aceita cenas: inicie-o lá com “serve --remote”.</translation>
    </message>
    <message>
        <source>The runtime could not be looked at: see the log.</source>
        <translation>Não foi possível examinar o motor: veja o log.</translation>
    </message>
    <message>
        <source>The runtime could not be started: see Details.</source>
        <translation>Não foi possível iniciar o motor: veja os detalhes.</translation>
    </message>
    <message>
        <source>The runtime did not say where it listens: install it again.</source>
        <translation>O motor não informou onde escuta: instale-o novamente.</translation>
    </message>
    <message>
        <source>The runtime did not start in two minutes: see Details, then ask again.</source>
        <translation>O motor não iniciou em dois minutos: veja os detalhes e pergunte novamente.</translation>
    </message>
    <message>
        <source>The runtime does not answer {path} in JSON: install it again.</source>
        <translation>O motor não responde a {path} em JSON: instale-o novamente.</translation>
    </message>
    <message>
        <source>The runtime ended before it had done this (exit code {code}): see Details.</source>
        <translation>O motor terminou antes de ter feito isto (código de saída {code}): veja os detalhes.</translation>
    </message>
    <message>
        <source>The runtime ended before it was done (exit code {code}): see the log.</source>
        <translation>O motor terminou antes de concluir (código de saída {code}): veja o log.</translation>
    </message>
    <message>
        <source>The runtime ended before the model was taught (exit code {code}): see Details.</source>
        <translation>O motor terminou antes do fim do treino do modelo (código de saída {code}): veja os detalhes.</translation>
    </message>
    <message>
        <source>The runtime ended while it was starting (exit code {code}): see Details.</source>
        <translation>O motor terminou durante a inicialização (código de saída {code}): veja os detalhes.</translation>
    </message>
    <message>
        <source>The runtime is busy: it is asked again in {seconds} s</source>
        <translation>O motor está ocupado: nova tentativa em {seconds} s</translation>
    </message>
    <message>
        <source>The runtime refused the request (HTTP {status}): see the log.</source>
        <translation>O motor recusou a solicitação (HTTP {status}): veja o log.</translation>
    </message>
    <message>
        <source>The runtime says something this plugin does not understand: update both.</source>
        <translation>O motor diz algo que este complemento não entende: atualize ambos.</translation>
    </message>
    <message>
        <source>The runtime speaks protocol {theirs}, the plugin {ours}: update whichever is older.</source>
        <translation>O motor usa o protocolo {theirs}, o complemento o {ours}: atualize o mais antigo dos dois.</translation>
    </message>
    <message>
        <source>The runtime stopped before it had answered; nothing was written. Ask again: it is started anew.</source>
        <translation>O motor parou antes de responder; nada foi gravado. Pergunte novamente: ele será reiniciado.</translation>
    </message>
    <message>
        <source>The runtime was not looked at: try again.</source>
        <translation>O motor não foi examinado: tente novamente.</translation>
    </message>
    <message>
        <source>The runtime's Python at {path} does not start: {why}.</source>
        <translation>O Python do motor em {path} não inicia: {why}.</translation>
    </message>
    <message>
        <source>The runtime's Python was not found at {path}: install it with Raster &gt; TerraScope &gt; Runtime….</source>
        <translation>O Python do motor não foi encontrado em {path}: instale-o com Raster &gt; TerraScope &gt; Motor….</translation>
    </message>
    <message>
        <source>The scene that this was asked about ({scene}) is not there any more: choose another.</source>
        <translation>A cena desta pergunta ({scene}) não existe mais: escolha outra.</translation>
    </message>
    <message>
        <source>The sign-in could not be read from QGIS's password store: unlock it, or choose another sign-in.</source>
        <translation>Não foi possível ler a autenticação no cofre de senhas do QGIS: desbloqueie-o ou escolha outra autenticação.</translation>
    </message>
    <message>
        <source>The sign-in “{name}” holds no access key: choose one of the kind “Basic” with the key as its password.</source>
        <translation>A autenticação “{name}” não contém uma chave de acesso: escolha uma do tipo “Basic” com a chave como senha.</translation>
    </message>
    <message>
        <source>The tunnel at {url} gives no answer: is the runtime running at its other end? Nothing was written.</source>
        <translation>O túnel em {url} não responde: o motor está em execução na outra ponta? Nada foi gravado.</translation>
    </message>
    <message>
        <source>There are no wheels (*.whl) in {folder}.</source>
        <translation>Não há wheels (*.whl) em {folder}.</translation>
    </message>
    <message>
        <source>There are {given} days for {count} date(s): give one day for each date.</source>
        <translation>Há {given} dias para {count} data(s): indique um dia para cada data.</translation>
    </message>
    <message>
        <source>There is no Python at {path}.</source>
        <translation>Não há um Python em {path}.</translation>
    </message>
    <message>
        <source>There is no polygon.</source>
        <translation>Não há nenhum polígono.</translation>
    </message>
    <message>
        <source>There is no question yet: write one, or pick an example.</source>
        <translation>Ainda não há pergunta: escreva uma ou escolha um exemplo.</translation>
    </message>
    <message>
        <source>There is no scene yet: add a raster layer and choose it.</source>
        <translation>Ainda não há cena: adicione uma camada raster e escolha-a.</translation>
    </message>
    <message>
        <source>There is nothing at {path}: choose the file or folder again.</source>
        <translation>Não há nada em {path}: escolha o arquivo ou a pasta novamente.</translation>
    </message>
    <message>
        <source>To image</source>
        <translation>Para a imagem</translation>
    </message>
    <message>
        <source>To step</source>
        <translation>Para a etapa</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Ferramentas</translation>
    </message>
    <message>
        <source>Touching</source>
        <translation>Adjacentes</translation>
    </message>
    <message>
        <source>Trying it out</source>
        <translation>Teste</translation>
    </message>
    <message>
        <source>Unpacking packages</source>
        <translation>Descompactação dos pacotes</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Confiança baixa</translation>
    </message>
    <message>
        <source>Version {version}, computes on {device}, takes files of up to {limit}</source>
        <translation>Versão {version}, calcula em {device}, aceita arquivos de até {limit}</translation>
    </message>
    <message>
        <source>Visual tokens</source>
        <translation>Tokens visuais</translation>
    </message>
    <message>
        <source>Waiting for {count} other question(s)</source>
        <translation>À espera de {count} outra(s) pergunta(s)</translation>
    </message>
    <message>
        <source>Weights in memory</source>
        <translation>Pesos na memória</translation>
    </message>
    <message>
        <source>Weights in memory (empty: as in the settings)</source>
        <translation>Pesos na memória (vazio: como nas configurações)</translation>
    </message>
    <message>
        <source>What answers at {url} is no TerraScope runtime: check the address and the port.</source>
        <translation>O que responde em {url} não é um motor do TerraScope: verifique o endereço e a porta.</translation>
    </message>
    <message>
        <source>What clouds hide, where there is no SAR</source>
        <translation>O que as nuvens ocultam, onde não há SAR</translation>
    </message>
    <message>
        <source>What listens at {url} speaks no HTTPS: check the address and the port.</source>
        <translation>O que escuta em {url} não usa HTTPS: verifique o endereço e a porta.</translation>
    </message>
    <message>
        <source>What the model says</source>
        <translation>O que diz o modelo</translation>
    </message>
    <message>
        <source>With {bands}</source>
        <translation>Com {bands}</translation>
    </message>
    <message>
        <source>a certificate was not accepted. Your network probably looks into encrypted connections: ask its administrator for the certificate and name its file in the environment variable SSL_CERT_FILE (and PIP_CERT), or install from a folder of wheels.</source>
        <translation>um certificado não foi aceito. Sua rede provavelmente inspeciona conexões criptografadas: peça o certificado ao administrador dela e indique o arquivo na variável de ambiente SSL_CERT_FILE (e PIP_CERT), ou instale a partir de uma pasta de wheels.</translation>
    </message>
    <message>
        <source>a file was in use, often by an anti-virus program. Wait a moment and try again; if it comes back, except the folder terrascope/runtime of your QGIS profile from the scan.</source>
        <translation>um arquivo estava em uso, muitas vezes por um antivírus. Aguarde um momento e tente novamente; se o problema voltar, exclua da verificação a pasta terrascope/runtime de seu perfil do QGIS.</translation>
    </message>
    <message>
        <source>a package has no file for this system and this Python. Look into the log for its name; in a folder of wheels it is missing, else install Python 3.12 and try again.</source>
        <translation>um pacote não tem arquivo para este sistema e este Python. Procure o nome dele no log; se faltar em uma pasta de wheels, adicione-o; caso contrário, instale o Python 3.12 e tente novamente.</translation>
    </message>
    <message>
        <source>a package is not the one that was published. Try again; if it comes back, your package index or proxy changes files: tell its administrator.</source>
        <translation>um pacote não é o que foi publicado. Tente novamente; se o problema voltar, seu índice de pacotes ou proxy altera arquivos: avise o administrador.</translation>
    </message>
    <message>
        <source>a system library is missing. On Windows install the Microsoft Visual C++ Redistributable (x64); on Linux a newer system (glibc 2.28 or later) is needed.</source>
        <translation>falta uma biblioteca do sistema. No Windows, instale o Microsoft Visual C++ Redistributable (x64); no Linux, é necessário um sistema mais recente (glibc 2.28 ou posterior).</translation>
    </message>
    <message>
        <source>as it has it</source>
        <translation>tal como está lá</translation>
    </message>
    <message>
        <source>as the cloud layer tells</source>
        <translation>segundo a camada de nuvens</translation>
    </message>
    <message>
        <source>as the model sees them</source>
        <translation>segundo o modelo</translation>
    </message>
    <message>
        <source>bf16: two bytes a weight, as published</source>
        <translation>bf16: dois bytes por peso, como publicado</translation>
    </message>
    <message>
        <source>centres {distance}</source>
        <translation>centros {distance}</translation>
    </message>
    <message>
        <source>change: gained</source>
        <translation>mudança: ganho</translation>
    </message>
    <message>
        <source>change: lost</source>
        <translation>mudança: perda</translation>
    </message>
    <message>
        <source>corrected by hand</source>
        <translation>corrigido manualmente</translation>
    </message>
    <message>
        <source>distances</source>
        <translation>distâncias</translation>
    </message>
    <message>
        <source>ellipsoid {name}</source>
        <translation>elipsoide {name}</translation>
    </message>
    <message>
        <source>examples: outlines</source>
        <translation>exemplos: contornos</translation>
    </message>
    <message>
        <source>examples: points</source>
        <translation>exemplos: pontos</translation>
    </message>
    <message>
        <source>fair</source>
        <translation>média</translation>
    </message>
    <message>
        <source>fairly sure ({score})</source>
        <translation>confiança média ({score})</translation>
    </message>
    <message>
        <source>files may not be written there. Give yourself the right to write into your QGIS profile.</source>
        <translation>não é permitido gravar arquivos lá. Obtenha permissão de gravação em seu perfil do QGIS.</translation>
    </message>
    <message>
        <source>fp32: four bytes a weight, exact</source>
        <translation>fp32: quatro bytes por peso, exato</translation>
    </message>
    <message>
        <source>fp8: one byte a weight, newer NVIDIA GPU only</source>
        <translation>fp8: um byte por peso, só GPU NVIDIA mais recente</translation>
    </message>
    <message>
        <source>good</source>
        <translation>boa</translation>
    </message>
    <message>
        <source>http to {host} would send your scenes and the key unprotected: use https, or http://127.0.0.1:port with an SSH tunnel.</source>
        <translation>http para {host} enviaria suas cenas e a chave sem proteção: use https, ou http://127.0.0.1:porta com um túnel SSH.</translation>
    </message>
    <message>
        <source>image {number}</source>
        <translation>imagem {number}</translation>
    </message>
    <message>
        <source>incomplete</source>
        <translation>incompleto</translation>
    </message>
    <message>
        <source>int4: half a byte a weight, NVIDIA GPU only</source>
        <translation>int4: meio byte por peso, só GPU NVIDIA</translation>
    </message>
    <message>
        <source>int8: one byte a weight</source>
        <translation>int8: um byte por peso</translation>
    </message>
    <message>
        <source>it is here</source>
        <translation>está aqui</translation>
    </message>
    <message>
        <source>it is not here</source>
        <translation>não está aqui</translation>
    </message>
    <message>
        <source>measured {figure}</source>
        <translation>medido {figure}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nenhum</translation>
    </message>
    <message>
        <source>not fetched</source>
        <translation>não baixado</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>não medido</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>nada encontrado</translation>
    </message>
    <message>
        <source>nothing left</source>
        <translation>nada restou</translation>
    </message>
    <message>
        <source>on this machine</source>
        <translation>nesta máquina</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>fraca</translation>
    </message>
    <message>
        <source>read from optical or SAR</source>
        <translation>lido do óptico ou do SAR</translation>
    </message>
    <message>
        <source>regions</source>
        <translation>regiões</translation>
    </message>
    <message>
        <source>scenes</source>
        <translation>cenas</translation>
    </message>
    <message>
        <source>see the log. “Copy diagnostics” has what a report needs.</source>
        <translation>veja o log. “Copiar diagnóstico” contém o que um relato precisa.</translation>
    </message>
    <message>
        <source>sure ({score})</source>
        <translation>confiança alta ({score})</translation>
    </message>
    <message>
        <source>taught from {base}</source>
        <translation>treinado a partir de {base}</translation>
    </message>
    <message>
        <source>the disk is full. Free some space and try again; what has been fetched is kept.</source>
        <translation>o disco está cheio. Libere espaço e tente novamente; o que já foi baixado é conservado.</translation>
    </message>
    <message>
        <source>the package index could not be reached. Check the network (and the proxy under Settings &gt; Options &gt; Network), then try again; what has been fetched is kept. Without a network: “Other ways”, a folder of wheels.</source>
        <translation>não foi possível acessar o índice de pacotes. Verifique a rede (e o proxy em Configurações &gt; Opções &gt; Rede) e tente novamente; o que já foi baixado é conservado. Sem rede: “Outros métodos”, uma pasta de wheels.</translation>
    </message>
    <message>
        <source>the package index has no CUDA build for Windows: name PyTorch's index for {build} under “Other ways”. Until then the processor computes.</source>
        <translation>o índice de pacotes não tem uma versão CUDA para Windows: indique o índice do PyTorch para {build} em “Outros métodos”. Até lá, o processador faz os cálculos.</translation>
    </message>
    <message>
        <source>the proxy did not let us through. Look at Settings &gt; Options &gt; Network in QGIS: address, user and password.</source>
        <translation>o proxy não nos deixou passar. Verifique Configurações &gt; Opções &gt; Rede no QGIS: endereço, usuário e senha.</translation>
    </message>
    <message>
        <source>the words of the answer are the model's, from before.</source>
        <translation>as palavras da resposta são as do modelo, de antes da correção.</translation>
    </message>
    <message>
        <source>this Python cannot make environments. On Debian and Ubuntu: apt install python3-venv; elsewhere install Python 3.12 or uv, then try again.</source>
        <translation>este Python não pode criar ambientes. No Debian e no Ubuntu: apt install python3-venv; em outros sistemas, instale o Python 3.12 ou o uv e tente novamente.</translation>
    </message>
    <message>
        <source>too old for the CUDA build that the package index has (it needs 580 or newer): update the driver, or name an index of other builds under “Other ways”. Until then the processor computes.</source>
        <translation>antigo demais para a versão CUDA que o índice de pacotes tem (ela exige o 580 ou mais recente): atualize o driver, ou indique um índice de outras versões em “Outros métodos”. Até lá, o processador faz os cálculos.</translation>
    </message>
    <message>
        <source>touching</source>
        <translation>adjacentes</translation>
    </message>
    <message>
        <source>touching along {distance}</source>
        <translation>adjacentes ao longo de {distance}</translation>
    </message>
    <message>
        <source>unchanged {area}</source>
        <translation>sem mudança {area}</translation>
    </message>
    <message>
        <source>unsure ({score})</source>
        <translation>confiança baixa ({score})</translation>
    </message>
    <message>
        <source>uv cannot be had: going on with pip.</source>
        <translation>o uv não está disponível: continuação com o pip.</translation>
    </message>
    <message>
        <source>uv could not: trying with pip.</source>
        <translation>o uv não conseguiu: tentativa com o pip.</translation>
    </message>
    <message>
        <source>with the plugin</source>
        <translation>com o complemento</translation>
    </message>
    <message>
        <source>{area} of the scene in {crs} were looked at.</source>
        <translation>{area} da cena em {crs} foram examinados.</translation>
    </message>
    <message>
        <source>{bands}, on places it was not trained on</source>
        <translation>{bands}, em locais nos quais não foi treinado</translation>
    </message>
    <message>
        <source>{columns} × {rows} pixels of {x} × {y} m</source>
        <translation>{columns} × {rows} pixels de {x} × {y} m</translation>
    </message>
    <message>
        <source>{count} dates are more than can be asked about at once: choose up to {most}.</source>
        <translation>{count} datas são mais do que se pode perguntar de uma vez: escolha até {most}.</translation>
    </message>
    <message>
        <source>{count} examples</source>
        <translation>{count} exemplos</translation>
    </message>
    <message>
        <source>{count} examples are enough: take some back first.</source>
        <translation>{count} exemplos bastam: retire alguns primeiro.</translation>
    </message>
    <message>
        <source>{count} polygons are selected: select up to {most}.</source>
        <translation>{count} polígonos estão selecionados: selecione até {most}.</translation>
    </message>
    <message>
        <source>{distance} apart</source>
        <translation>a {distance} de distância</translation>
    </message>
    <message>
        <source>{done} of {count} packages</source>
        <translation>{done} de {count} pacotes</translation>
    </message>
    <message>
        <source>{figures}: no change that can be told from noise</source>
        <translation>{figures}: nenhuma mudança distinguível do ruído</translation>
    </message>
    <message>
        <source>{images} come from (empty: as names and metadata tell)</source>
        <translation>{images}: sensor (vazio: segundo os nomes e os metadados)</translation>
    </message>
    <message>
        <source>{layer} cannot be opened.</source>
        <translation>Não é possível abrir {layer}.</translation>
    </message>
    <message>
        <source>{name} cannot be read: check that it is there and that you may read it.</source>
        <translation>Não é possível ler {name}: verifique se existe e se há permissão de leitura.</translation>
    </message>
    <message>
        <source>{name} cannot be read: it is gone, or another program holds it; the answer itself is complete.</source>
        <translation>Não é possível ler {name}: o arquivo não existe mais ou outro programa o mantém; a resposta em si está completa.</translation>
    </message>
    <message>
        <source>{name} cannot be written ({why}): choose another place.</source>
        <translation>Não é possível gravar {name} ({why}): escolha outro local.</translation>
    </message>
    <message>
        <source>{name} cannot be written now: it is as it was. Save the layer again.</source>
        <translation>Não é possível gravar {name} agora: ficou como estava. Salve a camada novamente.</translation>
    </message>
    <message>
        <source>{name} cannot be written to {folder}: check the disk and its permissions.</source>
        <translation>Não é possível gravar {name} em {folder}: verifique o disco e suas permissões.</translation>
    </message>
    <message>
        <source>{name} cannot be written: choose another place.</source>
        <translation>Não é possível gravar {name}: escolha outro local.</translation>
    </message>
    <message>
        <source>{name} changed while it was sent: wait until it is written, and ask again.</source>
        <translation>{name} foi alterado durante o envio: espere que esteja gravado por completo e pergunte novamente.</translation>
    </message>
    <message>
        <source>{name} has {given} layers for {count} further dates: give one for each, in the same order.</source>
        <translation>{name} tem {given} camadas para {count} outras datas: indique uma para cada, na mesma ordem.</translation>
    </message>
    <message>
        <source>{name} has {size}, and the remote runtime takes files of up to {limit}: save the part you ask about as a GeoTIFF (Export &gt; Save As).</source>
        <translation>{name} tem {size}, e o motor remoto aceita arquivos de até {limit}: salve como GeoTIFF a parte sobre a qual pergunta (Exportar &gt; Salvar como).</translation>
    </message>
    <message>
        <source>{name} is chosen twice: choose another file for each image.</source>
        <translation>{name} foi escolhido duas vezes: escolha outro arquivo para cada imagem.</translation>
    </message>
    <message>
        <source>{name} is no report of TerraScope, or it cannot be read now: try again.</source>
        <translation>{name} não é um relatório do TerraScope, ou não pode ser lido agora: tente novamente.</translation>
    </message>
    <message>
        <source>{name} is no report of TerraScope, or it is damaged: choose a GeoPackage of an answer.</source>
        <translation>{name} não é um relatório do TerraScope, ou está danificado: escolha o GeoPackage de uma resposta.</translation>
    </message>
    <message>
        <source>{name} is no report of a batch: choose another file.</source>
        <translation>{name} não é o relatório de um lote: escolha outro arquivo.</translation>
    </message>
    <message>
        <source>{name} is not on that machine: choose another one, or fetch it there.</source>
        <translation>{name} não está nessa máquina: escolha outro ou baixe-o lá.</translation>
    </message>
    <message>
        <source>{name} is not one raster file, and a remote runtime is sent nothing else: build one file of its bands (Raster &gt; Miscellaneous) and ask about that.</source>
        <translation>{name} não é um arquivo raster único, e nada mais é enviado a um motor remoto: reúna suas bandas em um arquivo (Raster &gt; Miscelânea) e pergunte sobre ele.</translation>
    </message>
    <message>
        <source>{name} is not one raster file, and a remote runtime is sent nothing else: save it as a GeoTIFF (Export &gt; Save As) and ask about that.</source>
        <translation>{name} não é um arquivo raster único, e nada mais é enviado a um motor remoto: salve-o como GeoTIFF (Exportar &gt; Salvar como) e pergunte sobre ele.</translation>
    </message>
    <message>
        <source>{name} is not there any more: choose another report.</source>
        <translation>{name} não existe mais: escolha outro relatório.</translation>
    </message>
    <message>
        <source>{name} is open in QGIS or another program: close it there or choose another name.</source>
        <translation>{name} está aberto no QGIS ou em outro programa: feche-o lá ou escolha outro nome.</translation>
    </message>
    <message>
        <source>{name} is there already: choose another name for the report.</source>
        <translation>{name} já existe: escolha outro nome para o relatório.</translation>
    </message>
    <message>
        <source>{name} with driver {driver}: </source>
        <translation>{name} com o driver {driver}: </translation>
    </message>
    <message>
        <source>{name}, on that machine</source>
        <translation>{name}, nessa máquina remota</translation>
    </message>
    <message>
        <source>{path} does not work as a Python: see the log.</source>
        <translation>{path} não funciona como Python: veja o log.</translation>
    </message>
    <message>
        <source>{path} is Python {version}; the runtime needs 3.11, 3.12 or 3.13.</source>
        <translation>{path} é o Python {version}; o motor precisa do 3.11, 3.12 ou 3.13.</translation>
    </message>
    <message>
        <source>{path} is missing or damaged: install the plugin again.</source>
        <translation>{path} está ausente ou danificado: instale o complemento novamente.</translation>
    </message>
    <message>
        <source>{path} lacks {count} of the runtime's packages: {names}.</source>
        <translation>Faltam em {path} {count} dos pacotes do motor: {names}.</translation>
    </message>
    <message>
        <source>{phrase}: {examples}</source>
        <translation>{phrase}: {examples}</translation>
    </message>
    <message>
        <source>{region}: nothing found</source>
        <translation>{region}: nada encontrado</translation>
    </message>
    <message>
        <source>{region}: {area}. Point to light it up on the map, click to go there</source>
        <translation>{region}: {area}. Aponte para realçar no mapa, clique para ir até lá</translation>
    </message>
    <message>
        <source>{resolution}, {width} × {height} pixels</source>
        <translation>{resolution}, {width} × {height} pixels</translation>
    </message>
    <message>
        <source>{scene}: SAR (radar)</source>
        <translation>{scene}: SAR (radar)</translation>
    </message>
    <message>
        <source>{scene}: cloud layer (SCL, QA_PIXEL or a mask)</source>
        <translation>{scene}: camada de nuvens (SCL, QA_PIXEL ou uma máscara)</translation>
    </message>
    <message>
        <source>{scene}: folder of SAR bands instead</source>
        <translation>{scene}: ou pasta de bandas SAR</translation>
    </message>
    <message>
        <source>{scene}: folder of bands instead (SAFE, Landsat)</source>
        <translation>{scene}: ou pasta de bandas (SAFE, Landsat)</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{share} of its tokens from SAR</source>
        <translation>{share} de seus tokens vindos do SAR</translation>
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
        <translation>{size} em {tier} ✓</translation>
    </message>
    <message>
        <source>{size} as {tier}, not free here</source>
        <translation>{size} em {tier}, não livre aqui</translation>
    </message>
    <message>
        <source>{size} kB</source>
        <translation>{size} kB</translation>
    </message>
    <message>
        <source>{step} failed: uv, which fetches it, could not be installed; see the log.</source>
        <translation>{step} falhou: o uv, que faz o download, não pôde ser instalado; veja o log.</translation>
    </message>
    <message>
        <source>{step} failed: {free} are free in {folder}, and about {needed} are needed.</source>
        <translation>{step} falhou: {free} estão livres em {folder}, e são necessários cerca de {needed}.</translation>
    </message>
    <message>
        <source>{step} failed: {why}</source>
        <translation>{step} falhou: {why}</translation>
    </message>
    <message>
        <source>{text} lacks the port of the tunnel: write http://127.0.0.1:8437.</source>
        <translation>Falta em {text} a porta do túnel: escreva http://127.0.0.1:8437.</translation>
    </message>
    <message>
        <source>{url} does not answer: check that the machine is on and can be reached.</source>
        <translation>{url} não responde: verifique se a máquina está ligada e acessível.</translation>
    </message>
    <message>
        <source>{value} points</source>
        <translation>{value} pontos</translation>
    </message>
    <message>
        <source>– not measured</source>
        <translation>– não medido</translation>
    </message>
    <message>
        <source>“{layer}” ({provider}) was captured at {size}, in {crs}.</source>
        <translation>“{layer}” ({provider}) foi capturada com {size}, em {crs}.</translation>
    </message>
    <message>
        <source>“{part}” does not name a class: write the names like 1=water; 2=heath.</source>
        <translation>“{part}” não nomeia uma classe: escreva os nomes assim: 1=water; 2=heath.</translation>
    </message>
    <message>
        <source>“{text}” is no address of a remote runtime: write https://host:port, or http://127.0.0.1:port for an SSH tunnel.</source>
        <translation>“{text}” não é o endereço de um motor remoto: escreva https://host:porta, ou http://127.0.0.1:porta para um túnel SSH.</translation>
    </message>
    <message>
        <source>“{text}” is not a day: write it like 2017-06-04.</source>
        <translation>“{text}” não é um dia: escreva-o assim: 2017-06-04.</translation>
    </message>
    <message>
        <source>… and {count} more, in the GeoPackage</source>
        <translation>… e mais {count}, no GeoPackage</translation>
    </message>
</context>
<context>
    <name>TerraScopeDock</name>
    <message>
        <source>Answer</source>
        <translation>Resposta</translation>
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation>Cancelado; nada foi gravado.</translation>
    </message>
    <message>
        <source>Waiting for {count} other question(s)</source>
        <translation>À espera de {count} outra(s) pergunta(s)</translation>
    </message>
</context>
<context>
    <name>TerraScopeProvider</name>
    <message>
        <source>TerraScope: questions about Earth-observation scenes</source>
        <translation>TerraScope: perguntas sobre cenas de observação da Terra</translation>
    </message>
</context>
<context>
    <name>ZonalAnswersAlgorithm</name>
    <message>
        <source>All evidence</source>
        <translation>Todas as evidências</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Respostas</translation>
    </message>
    <message>
        <source>Ask about each polygon</source>
        <translation>Perguntar sobre cada polígono</translation>
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
        <translation>Faz uma pergunta sobre o terreno de cada polígono de uma camada e junta as respostas e os hectares a uma cópia da camada.

Cena, SAR: como em “Perguntar sobre uma cena”. Uma camada que não é um arquivo é capturada até onde chegam os polígonos. Polígonos: qualquer camada de polígonos, em qualquer sistema de coordenadas.
Pergunta: uma expressão avaliada para cada polígono. As palavras ficam entre aspas simples; campos podem ser colocados entre elas, como 'How many hectares of ' || "cover" || ' are there?'.
Regiões a medir: o nome das regiões cuja área se deseja, como water; as áreas de todas as regiões com esse nome são somadas. Se vazio, é a primeira região da resposta.

Saída: os polígonos com seus campos, e question, answer, phrase (nome da região), area_ha, coverage_pct (do que a cena mostra ali), score (do próprio modelo, 0 a 1), regions (todas, com seus hectares), status e reason. status é answered; skipped, para um polígono que não toca a cena ou não tem terreno; ou failed. Os campos do que não foi respondido ficam vazios (NULL), e reason diz por quê; sobre os outros polígonos pergunta-se mesmo assim. area_ha fica vazio onde nenhuma região foi marcada.
Todas as evidências: um relatório com as máscaras de todos os polígonos (precisa do motor desta máquina).
ANSWERED e FAILED contam os polígonos; os que foram ignorados contam como falhas.

Um polígono de poucos pixels mostra pouco ao modelo: olhe as máscaras antes de confiar em um valor.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Cancelado.</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Polygons</source>
        <translation>Polígonos</translation>
    </message>
    <message>
        <source>Polygons answered</source>
        <translation>Polígonos com resposta</translation>
    </message>
    <message>
        <source>Polygons without an answer</source>
        <translation>Polígonos sem resposta</translation>
    </message>
    <message>
        <source>Question (an expression)</source>
        <translation>Pergunta (uma expressão)</translation>
    </message>
    <message>
        <source>Regions to measure (empty: the first of the answer)</source>
        <translation>Regiões a medir (vazio: a primeira da resposta)</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Cena</translation>
    </message>
    <message>
        <source>The question is an expression: put its words into single quotes, like 'How much water is there?'.</source>
        <translation>A pergunta é uma expressão: coloque suas palavras entre aspas simples, como 'How much water is there?'.</translation>
    </message>
    <message>
        <source>The question of polygon {number} cannot be worked out: {why}.</source>
        <translation>Não é possível avaliar a pergunta do polígono {number}: {why}.</translation>
    </message>
    <message>
        <source>question,answer,zonal,statistics,polygon,parcel,field,district,area,hectares,join,segmentation,AI</source>
        <translation>pergunta,resposta,zonal,estatísticas,polígono,parcela,talhão,campo,distrito,área,hectares,junção,união,segmentação,IA</translation>
    </message>
    <message>
        <source>{name} is there already: choose another name for the evidence.</source>
        <translation>{name} já existe: escolha outro nome para as evidências.</translation>
    </message>
</context>
</TS>
