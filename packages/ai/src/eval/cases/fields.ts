import { casesFrom, schemasFrom } from '../case.ts';

export const fields = {
  name: 'fields',
  schemas: schemasFrom(`
    field_sensors: station STRING, field_name STRING, crop STRING wheat|maize|soy|barley, soil_moisture_pct FLOAT, soil_temp FLOAT, air_temp FLOAT, humidity FLOAT, rain_mm FLOAT, wind_speed_kmh FLOAT, battery_v FLOAT, irrigation_on BOOLEAN, water_liters FLOAT, quality STRING good|suspect|bad, obs_time TIMESTAMP
    table farms: field_name STRING, farm STRING, county STRING, hectares FLOAT, is_organic BOOLEAN
  `),
  cases: casesFrom(
    'fields',
    `
    [filter]
    wheat or barley fields with soil moisture under 20% => * FROM field_sensors WHERE crop IN ('wheat', 'barley') AND soil_moisture_pct < 20
    wind stronger than 60 km/h or more than 10 mm of rain => * FROM field_sensors WHERE wind_speed_kmh > 60 OR rain_mm > 10
    observations where irrigation is on although it rains / irrigation on and rain over 0 => * FROM field_sensors WHERE irrigation_on = TRUE AND rain_mm > 0
    bad quality data / quality is bad => * FROM field_sensors WHERE quality = 'bad'
    suspect or bad observations => * FROM field_sensors WHERE quality IN ('suspect', 'bad')
    frost: air temp below zero / air temperature less than 0 => * FROM field_sensors WHERE air_temp < 0
    stations with a battery below 3.3 volts => * FROM field_sensors WHERE battery_v < 3.3
    humidity between 40 and 60 percent => * FROM field_sensors WHERE humidity BETWEEN 40 AND 60
    soil warmer than the air => * FROM field_sensors WHERE soil_temp > air_temp
    station WS-04 readings without irrigation => * FROM field_sensors WHERE station = 'WS-04' AND irrigation_on = FALSE
    soy fields, not irrigated => * FROM field_sensors WHERE crop = 'soy' AND irrigation_on = FALSE
    field names containing north => * FROM field_sensors WHERE field_name LIKE '%north%'
    station, air temp and humidity for maize => station, air_temp, humidity FROM field_sensors WHERE crop = 'maize'
    it is dry (moisture 15 or less) => * FROM field_sensors WHERE soil_moisture_pct <= 15
    [aggregate]
    rainfall per station per day / how much rain fell at each station daily => station, SUM(rain_mm) v FROM field_sensors GROUP BY station W 1d
    avg soil moisture by crop every 6 hours => crop, AVG(soil_moisture_pct) v FROM field_sensors GROUP BY crop W 6h
    coldest air temperature per field each day => field_name, MIN(air_temp) v FROM field_sensors GROUP BY field_name W 1d
    liters of water used per field per day / total water by field daily => field_name, SUM(water_liters) v FROM field_sensors GROUP BY field_name W 1d
    gusts: strongest wind by station hourly => station, MAX(wind_speed_kmh) v FROM field_sensors GROUP BY station W 1h
    number of stations reporting per crop => crop, COUNT(DISTINCT station) n FROM field_sensors GROUP BY crop
    mean air and soil temperature per crop => crop, AVG(air_temp) a, AVG(soil_temp) b FROM field_sensors GROUP BY crop
    how often was irrigation on per field per day => field_name, COUNT(*) n FROM field_sensors WHERE irrigation_on = TRUE GROUP BY field_name W 1d
    temperature range of the air per station per day => station, MAX(air_temp) - MIN(air_temp) v FROM field_sensors GROUP BY station W 1d
    newest battery voltage of every station => station, LAST_VALUE(battery_v) v FROM field_sensors GROUP BY station
    [ratio]
    share of bad observations per station => station, 1.0 * SUM(CASE WHEN quality = 'bad' THEN 1 ELSE 0 END) / COUNT(*) v FROM field_sensors GROUP BY station
    percent of readings with irrigation on by crop per day => crop, 100.0 * SUM(CASE WHEN irrigation_on = TRUE THEN 1 ELSE 0 END) / COUNT(*) v FROM field_sensors GROUP BY crop W 1d
    [join]
    rain by county per day => f.county, SUM(s.rain_mm) v FROM field_sensors s JOIN farms f ON s.field_name = f.field_name GROUP BY f.county W 1d
    average soil moisture of organic farms => AVG(s.soil_moisture_pct) v FROM field_sensors s JOIN farms f ON s.field_name = f.field_name WHERE f.is_organic = TRUE
    water used on fields bigger than 50 hectares by farm => f.farm, SUM(s.water_liters) v FROM field_sensors s JOIN farms f ON s.field_name = f.field_name WHERE f.hectares > 50 GROUP BY f.farm
    observations on non-organic farms in Kent county => s.* FROM field_sensors s JOIN farms f ON s.field_name = f.field_name WHERE f.is_organic = FALSE AND f.county = 'Kent'
    [topn]
    5 driest fields each day by average soil moisture => field_name, AVG(soil_moisture_pct) v FROM field_sensors GROUP BY field_name W 1d ORDER BY v ASC LIMIT 5
    top three stations by rain every hour => station, SUM(rain_mm) v FROM field_sensors GROUP BY station W 1h ORDER BY v DESC LIMIT 3
    [having]
    fields that got more than 100 liters in an hour => field_name, SUM(water_liters) v FROM field_sensors GROUP BY field_name W 1h HAVING SUM(water_liters) > 100
    crops with an average humidity of at least 70 => crop, AVG(humidity) v FROM field_sensors GROUP BY crop HAVING AVG(humidity) >= 70
    [edit]
    ~ station, AVG(air_temp) avg_temp FROM field_sensors GROUP BY station W 1h
    minimum instead of average => station, MIN(air_temp) v FROM field_sensors GROUP BY station W 1h
    leave out bad quality => station, AVG(air_temp) avg_temp FROM field_sensors WHERE quality != 'bad' GROUP BY station W 1h
    daily => station, AVG(air_temp) avg_temp FROM field_sensors GROUP BY station W 1d
    [clarify]
    alert me when it gets too dry => ?
    `,
  ),
};
