import { code, documentOf, heading, list, paragraph, picture, table } from './document.fixture.js';

export const WATER_CYCLE = documentOf('The Water Cycle', 'en', [
  heading(1, 'The Water Cycle'),
  paragraph('The water cycle is the continuous movement of water between the oceans, the atmosphere and the land. It has no beginning and no end, and the same water has been moving through it for billions of years.'),
  heading(2, 'What is evaporation?'),
  paragraph('Evaporation is the process by which liquid water turns into water vapor. Heat from the Sun provides the energy that water molecules need to leave the surface. About 90% of the moisture in the atmosphere comes from evaporation of oceans, lakes and rivers, e.g. the Amazon. The remaining 10% comes from plants, which release water vapor through their leaves.'),
  paragraph('Transpiration is the release of water vapor by the leaves of plants. A large oak tree can transpire about 151,000 L of water per year.'),
  heading(2, 'Condensation'),
  paragraph('As warm air rises, it cools and water vapor condenses into tiny droplets. Condensation is the change of water vapor into liquid water. The droplets gather around particles of dust, salt or smoke, and together they form clouds. Clouds are visible masses of water droplets or ice crystals that float in the atmosphere.'),
  picture('clouds', 'Clouds forming over a mountain', 'Figure 1. Moist air cools as it rises over a mountain'),
  heading(2, 'Precipitation'),
  paragraph('When droplets in a cloud become too heavy, they fall to the ground as precipitation. The main forms of precipitation are:'),
  list('rain', 'snow', 'sleet', 'hail'),
  paragraph('The average annual precipitation over the whole Earth is about 990 mm. Mr. Hutton, a Scottish geologist, explained in 1788 how warm and cold air meet to produce rain.'),
  heading(2, 'Runoff and groundwater'),
  paragraph('Runoff is the water that flows over the land into streams and rivers. Groundwater is the water stored in the spaces between rocks and soil below the surface. Some groundwater stays in aquifers for more than 10,000 years before it returns to the surface.'),
  table(['Reservoir', 'Share of water', 'Residence time'], ['Oceans', '96.5%', '3,200 years'], ['Glaciers', '1.74%', '20–100 years'], ['Atmosphere', '0.001%', '9 days']),
  heading(2, 'Simulating the cycle'),
  paragraph('A short program can estimate how much water evaporates from a lake:'),
  code('js', 'function evaporation(area, rate) {\n  return area * rate;\n}\n\nconsole.log(evaporation(120, 0.004));'),
  heading(2, 'References'),
  paragraph('U.S. Geological Survey. The Water Cycle. 2019.'),
]);
